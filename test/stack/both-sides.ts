import path from 'node:path';
import type { Engine as Connection } from '../../src/engine/engine.ts';
import { readProject } from '../../src/model/read-project.ts';
import { diskFiles } from '../../src/read/files-disk.ts';
import { bringUp } from '../../src/stack/bring-up.ts';
import { planStack } from '../../src/stack/plan-stack.ts';
import type { Engine } from '../house/engine/engine.ts';
import { run } from '../house/engine/run.ts';
import { normalised, type Side } from './normalised.ts';

/** What one side made of a fixture, or what the engine said to it. */
export type Made =
  | { readonly ok: true; readonly fields: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly said: string };

/** What the fixtures' files are interpolated with. */
export const variables = (side: string, subnet: string) => ({
  SIDE: side,
  SUBNET: subnet,
  FROM_OUTSIDE: 'brought along',
});

/** The fixture as Docker Compose creates it; nothing is started. What was made is removed again. */
export async function byCompose(engine: Engine, connection: Connection, folder: string, prefix: string): Promise<Made> {
  const [side, subnet] = ['theirs', '231'];
  const project = `${prefix}-${path.basename(folder)}-c`;
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...engine.env, ...variables(side, subnet) };
  const created = await run(engine.docker, ['compose', '--project-name', project, 'create'], { cwd: folder, env });
  const labels = [`com.docker.compose.project=${project}`];
  const found = await connection.listContainers(labels, true);
  const containers = found
    .map(({ container, labels }) => ({
      container,
      name: `${labels['com.docker.compose.service']}-${labels['com.docker.compose.container-number']}`,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const list = async (kind: string) => {
    const names = await run(engine.docker, [kind, 'ls', '--format', '{{.Name}}', '--filter', `label=${labels[0]}`], {
      env,
    });
    return names.out.split('\n').filter(Boolean).sort();
  };
  const [networks, volumes] = await Promise.all([list('network'), list('volume')]);
  try {
    if (created.code !== 0) return { ok: false, said: created.err.trim() };
    const ids = new Map(containers.map(({ name, container }) => [name, container.id]));
    const fields = await fieldsOf(connection, { project, side, subnet, ids }, containers, networks, volumes);
    return { ok: true, fields };
  } finally {
    for (const { container } of containers) await container.remove();
    for (const name of networks) await connection.removeNetwork(name);
    for (const name of volumes) await connection.removeVolume(name);
  }
}

/** The same by Seaworthy. */
export async function bySeaworthy(connection: Connection, folder: string, prefix: string): Promise<Made> {
  const [side, subnet] = ['ours', '232'];
  const project = `${prefix}-${path.basename(folder)}-s`;
  const plan = planFixture(folder, project, variables(side, subnet));
  try {
    const stack = await bringUp(connection, plan, {
      held: plan.services.map(({ name }) => name),
      onTooOld: () => undefined,
    });
    try {
      const containers = [...stack.services]
        .flatMap(([service, all]) => all.map((container, index) => ({ container, name: `${service}-${index + 1}` })))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const ids = new Map(containers.map(({ name, container }) => [name, container.id]));
      const seen = { project, side, subnet, ids };
      const fields = await fieldsOf(connection, seen, containers, stack.networks.sort(), stack.volumes.sort());
      return { ok: true, fields };
    } finally {
      await stack.down();
    }
  } catch (error) {
    return { ok: false, said: error instanceof Error ? error.message : String(error) };
  }
}

export function planFixture(folder: string, projectName: string, env: Readonly<Record<string, string>>) {
  const project = readProject(diskFiles(folder), { today: '2026-11-21', compose: { env } });
  return planStack(project, { projectName });
}

interface Named {
  readonly name: string;
  readonly container: Awaited<ReturnType<Connection['listContainers']>>[number]['container'];
}

async function fieldsOf(
  connection: Connection,
  side: Side,
  containers: readonly Named[],
  networks: readonly string[],
  volumes: readonly string[],
): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  const put = (prefix: string, fields: ReadonlyMap<string, string>) => {
    for (const [key, value] of fields) all.set(`${prefix} ${key}`, value);
  };
  for (const { name, container } of containers)
    put(name, normalised('container', (await container.inspect()).raw, side));
  for (const [index, name] of networks.entries())
    put(`network ${index + 1}`, normalised('network', await connection.inspectNetwork(name), side));
  for (const [index, name] of volumes.entries())
    put(`volume ${index + 1}`, normalised('volume', await connection.inspectVolume(name), side));
  return all;
}
