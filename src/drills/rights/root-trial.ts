import type { Inspected } from '../../engine/container.ts';
import { field } from '../../engine/endpoint.ts';
import type { HostBody, ServicePlan } from '../../stack/plan.ts';
import type { Lab, World } from '../lab.ts';
import { oneLine } from '../one-line.ts';
import { ownProcesses } from './own-processes.ts';
import { faultAfter, type Serving, servingOn, watchedMs } from './serving.ts';
import { type Change, writtenPaths } from './written-paths.ts';

/** In seconds: what it has to save when told to stop is saved by then, or it is killed as it would be. */
const mostGrace = 10;

/** One life of the service, from its start to its stop, with its root as it was asked for. */
export interface RootTrial {
  readonly served: Serving;
  readonly written: readonly Change[];
  /** Of its processes; empty where it does not run any more. */
  readonly owners: readonly string[];
  /** Lines of its log that tell of a root it may not write. */
  readonly complaints: readonly string[];
  /** Every line of its log, without its numbers: dates and counters differ from run to run. */
  readonly said: readonly string[];
  /** With which it ended when told to stop; undefined where it had ended before. */
  readonly exitCode: number | undefined;
}

export async function rootTrial(lab: Lab, readyMs: number, host: HostBody): Promise<RootTrial> {
  const change = (plan: ServicePlan): ServicePlan => ({
    ...plan,
    body: {
      ...plan.body,
      HostConfig: { ...plan.body.HostConfig, ...host, RestartPolicy: { Name: 'no' } },
    },
  });
  const world = await lab.world({ ready: false, change });
  const served = await servingOn(lab, world, readyMs, watchedMs);
  const { container } = world.subject;
  const owners = served.ok ? await ownersIn(world) : [];
  let exitCode: number | undefined;
  if (served.ok) {
    await container.stop(Math.min(mostGrace, Math.ceil(lab.plan.stopGraceMs / 1000)));
    exitCode = (await container.inspect()).state.exitCode;
  }
  const log = (await container.logs({ tail: 1000 })).split('\n').filter((line) => line.trim() !== '');
  const complaints = complaintsIn(log);
  const said = log.map((line) => line.replaceAll(/\d+/g, '0'));
  const written = writtenPaths(await container.changes(), mountsOf(await container.inspect()));
  await world.end();
  return { served, written, owners, complaints, said, exitCode };
}

/** EROFS in the words of the C library (strerror(3)); by its name alone only where nothing says more. */
function complaintsIn(log: readonly string[]): readonly string[] {
  const full = log.filter((line) => /read-only file ?system/i.test(line));
  const lines = full.length > 0 ? full : log.filter((line) => /\bEROFS\b|\[Errno 30\]/.test(line));
  return lines.map((line) => oneLine(line, 160));
}

/** What is wrong on a root it may not write; undefined where it does its work as before. */
export function rootFault(before: RootTrial, after: RootTrial): string | undefined {
  const fault = faultAfter(before.served, after.served);
  if (fault !== undefined) return fault;
  const { complaints, exitCode, served } = after;
  const last = complaints.at(-1);
  const words = last === undefined ? '' : `; it last said: ${last}`;
  // 137: killed, and 143: ended by SIGTERM itself, are no answer of the program.
  if (exitCode !== undefined && exitCode !== before.exitCode && ![0, 137, 143].includes(exitCode))
    return `told to stop it ends with code ${exitCode} instead of ${before.exitCode ?? 'none'}${words}`;
  // Who can be asked nothing has but its log to say that its work fails.
  const isMute = served.asked === 0 && served.by === 'running';
  if (isMute && last !== undefined && failsAgain(before, after)) return `it runs on, but what it does fails${words}`;
  return undefined;
}

/** It says again and again what it never says on a root that it may write. Once may be of something it can do without. */
function failsAgain(before: RootTrial, after: RootTrial): boolean {
  const usual = new Set(before.said);
  const strange = after.said.filter((line) => !usual.has(line));
  return new Set(strange).size < strange.length;
}

/** `user:group` of its processes, each once. */
async function ownersIn({ subject }: World): Promise<string[]> {
  const processes = await ownProcesses(await subject.inside());
  return [...new Set(processes.map(({ uid, gid }) => `${uid}:${gid}`))];
}

/** Where something is mounted into it, tmpfs among them. */
function mountsOf({ raw }: Inspected): string[] {
  const mounts = field(raw, 'Mounts');
  const targets = Array.isArray(mounts)
    ? mounts.map((mount: unknown) => String(field(mount, 'Destination') ?? ''))
    : [];
  const tmpfs = field(field(raw, 'HostConfig'), 'Tmpfs');
  return [...targets, ...(typeof tmpfs === 'object' && tmpfs !== null ? Object.keys(tmpfs) : [])].filter(
    (path) => path !== '',
  );
}
