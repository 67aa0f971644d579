import type { Container } from '../../src/engine/container.ts';
import type { Engine as Connection } from '../../src/engine/engine.ts';
import { readProject } from '../../src/model/read-project.ts';
import { diskFiles } from '../../src/read/files-disk.ts';
import { bringUp } from '../../src/stack/bring-up.ts';
import { contextFilesOf } from '../../src/stack/build-context-files.ts';
import { planStack } from '../../src/stack/plan-stack.ts';
import type { Engine } from '../house/engine/engine.ts';
import { run } from '../house/engine/run.ts';
import { normalised, type Side } from './normalised.ts';

/** What one side made of a project, or what the engine said to it. */
export type Made =
  | { readonly ok: true; readonly fields: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly said: string };

/** What files are interpolated with: what may be there once only differs between the sides. */
export const theirs = { SIDE: 'theirs', SUBNET: '231', FROM_OUTSIDE: 'brought along' } as const;
export const ours = { SIDE: 'ours', SUBNET: '232', FROM_OUTSIDE: 'brought along' } as const;

/** The project of a folder as Docker Compose creates it; nothing is started. What was made is removed again. */
export async function byCompose(
  engine: Engine,
  connection: Connection,
  folder: string,
  project: string,
): Promise<Made> {
  // Nothing else: a variable of this machine could find its way into a container.
  const { PATH, HOME, DOCKER_CONFIG } = process.env;
  const env = { PATH, HOME, DOCKER_CONFIG, ...engine.env, ...theirs };
  const created = await run(engine.docker, ['compose', '--project-name', project, 'create'], { cwd: folder, env });
  const label = `com.docker.compose.project=${project}`;
  const list = async (kind: string) => {
    const args = [kind, 'ls', '--format', '{{.Name}}', '--filter', `label=${label}`];
    return (await run(engine.docker, args, { env })).out.split('\n').filter(Boolean).sort();
  };
  const [found, networks, volumes] = await Promise.all([
    connection.listContainers([label], true),
    list('network'),
    list('volume'),
  ]);
  const containers = found.map(({ container, labels }) => ({
    container,
    name: `${labels['com.docker.compose.service']}-${labels['com.docker.compose.container-number']}`,
  }));
  try {
    if (created.code !== 0) return { ok: false, said: created.err.trim() };
    return await seen(connection, { project, ...theirs }, containers, networks, volumes);
  } finally {
    await Promise.all(containers.map(({ container }) => container.remove()));
    await Promise.all(networks.map((name) => connection.removeNetwork(name)));
    await Promise.all(volumes.map((name) => connection.removeVolume(name)));
  }
}

/** The same by Seaworthy. */
export async function bySeaworthy(connection: Connection, folder: string, projectName: string): Promise<Made> {
  try {
    const project = readProject(diskFiles(folder), { today: '2026-11-21', compose: { env: ours } });
    const plan = planStack(project, { projectName });
    const held = plan.services.map(({ name }) => name);
    const stack = await bringUp(connection, plan, {
      held,
      onTooOld: () => undefined,
      contextFiles: contextFilesOf(project),
    });
    try {
      const containers = [...stack.services].flatMap(([service, all]) =>
        all.map((container, index) => ({ container, name: `${service}-${index + 1}` })),
      );
      const side = { project: projectName, ...ours };
      return await seen(connection, side, containers, stack.networks.sort(), stack.volumes.sort());
    } finally {
      await stack.down();
    }
  } catch (error) {
    return { ok: false, said: error instanceof Error ? error.message : String(error) };
  }
}

/** Fields by `web-1 container.HostConfig.Memory`, `network 1 network.Driver`. */
async function seen(
  connection: Connection,
  side: Omit<Side, 'ids'>,
  containers: readonly { readonly name: string; readonly container: Container }[],
  networks: readonly string[],
  volumes: readonly string[],
): Promise<Made> {
  const ids = new Map(containers.map(({ name, container }) => [name, container.id]));
  const fields = new Map<string, string>();
  const put = (prefix: string, found: ReadonlyMap<string, string>) => {
    for (const [key, value] of found) fields.set(`${prefix} ${key}`, value);
  };
  for (const { name, container } of containers)
    put(name, normalised('container', (await container.inspect()).raw, { ...side, ids }));
  for (const [index, name] of networks.entries())
    put(`network ${index + 1}`, normalised('network', await connection.inspectNetwork(name), { ...side, ids }));
  for (const [index, name] of volumes.entries())
    put(`volume ${index + 1}`, normalised('volume', await connection.inspectVolume(name), { ...side, ids }));
  return { ok: true, fields };
}
