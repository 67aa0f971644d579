import type { Inspected } from '../engine/container.ts';
import { field } from '../engine/endpoint.ts';
import type { EngineInfo } from '../engine/engine.ts';
import type { HostBody, ServicePlan } from '../stack/plan.ts';
import { broke, type Drill, held, inconclusive } from './drill.ts';
import type { Lab, World } from './lab.ts';
import { ownProcesses } from './rights/own-processes.ts';
import { faultAfter, inBrief, patienceFor, type Serving, serving, toldOf } from './rights/serving.ts';
import { type Change, foldersFor, writtenPaths } from './rights/written-paths.ts';

/** Paths shown in evidence; a service that unpacks itself writes thousands. */
const mostShown = 40;

export const readOnlyRoot: Drill = {
  id: 'read-only-root',
  claim: 'It serves with a read-only root',
  why: 'On a root it cannot write, an intruder cannot leave a program behind or change the one that runs, and no file grows unseen in the container until the disk is full. But the flag alone proves nothing: many a service dies at its first write, or at its thousandth request.',
  experiment:
    'Runs it twice, once with a root it may write and once read-only with the file’s own tmpfs and volumes, sends both the same requests, and compares. What it wrote is read from the difference to its image. If it does not serve read-only, the folders it wrote become tmpfs, then volumes, and it is tried again.',
  mission: ['DRL2', 'RUN1'],
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#read_only',
    'https://docs.docker.com/reference/cli/docker/container/run/#read-only',
    'https://docs.docker.com/reference/cli/docker/container/diff/',
  ],
  attach: 'never',
  company: 'any',
  budget: () => 300,
  skip: () => undefined,
  async run(lab) {
    lab.step('running it with a root it may write, and with one it may not');
    const patience = patienceFor(lab.plan);
    const [writable, first] = await Promise.all([
      tried(lab, patience, { ReadonlyRootfs: false }),
      tried(lab, patience, { ReadonlyRootfs: true }),
    ]);
    if (!writable.served.ok)
      return inconclusive(`It does not serve even with a root it may write: ${inBrief(writable.served.because)}`);
    const usual = writable.served.readyMs ?? 0;
    // One that took most of the time to get ready may have had bad luck.
    const isUnsure = first.served.readyMs === undefined && 4 * usual > patience;
    const readOnly = isUnsure ? await tried(lab, 6 * usual, { ReadonlyRootfs: true }) : first;
    const found = faultAfter(writable.served, readOnly.served);
    const fault = found === undefined ? undefined : inBrief(found);
    const { written } = writable;
    const isSet = lab.plan.body.HostConfig.ReadonlyRootfs === true;
    const evidence = [
      { name: 'read_only in the file', value: isSet },
      { name: 'written outside its mounts', value: shownPaths(written) },
      { name: 'with a root it may write', value: toldOf(writable.served) },
      { name: 'with a read-only root', value: found ?? toldOf(readOnly.served) },
    ];
    if (fault === undefined) {
      const lent = lab.engine.isPodman ? written.filter(({ path }) => podmanTmpfs.test(path)) : [];
      if (lent.length > 0)
        return inconclusive(
          `It serves, but it writes ${lent[0]!.path}${more(lent.length)}, and only Podman puts a tmpfs there by itself`,
          { evidence, advice: [`tmpfs: [${foldersFor(lent).folders.join(', ')}]`] },
        );
      const goesWithout =
        written.length > 0 ? `; it wants to write ${written[0]!.path}${more(written.length)} and does without` : '';
      const unset = isSet ? '' : '; the file does not set it';
      return held(`It serves with a read-only root: ${toldOf(readOnly.served)}${goesWithout}${unset}`, {
        evidence,
        advice: isSet ? [] : ['read_only: true'],
      });
    }
    const cure = await cureFor(lab, writable);
    const what = written.length > 0 ? `; it writes ${written[0]!.path}${more(written.length)}` : '';
    return broke(`With a read-only root ${fault}${what}`, {
      evidence: [...evidence, ...cure.evidence],
      advice: cure.advice.length > 0 && !isSet ? ['read_only: true', ...cure.advice] : cure.advice,
    });
  },
};

/** Podman gives each read-only container a tmpfs in these places (`--read-only-tmpfs`, on by default); Docker does not. */
const podmanTmpfs = /^\/(?:run|tmp|var\/tmp)\//;

interface Trial {
  readonly served: Serving;
  readonly written: readonly Change[];
  /** Of its processes; empty where it does not run any more. */
  readonly owners: readonly string[];
}

async function tried(lab: Lab, readyMs: number, host: HostBody): Promise<Trial> {
  const change = (plan: ServicePlan): ServicePlan => ({
    ...plan,
    body: {
      ...plan.body,
      HostConfig: { ...plan.body.HostConfig, ...host, RestartPolicy: { Name: 'no' } },
    },
  });
  const world = await lab.world({ ready: false, change });
  const served = await serving(lab, world, readyMs);
  const { container } = world.subject;
  const owners = served.ok ? await ownersIn(world) : [];
  const written = writtenPaths(await container.changes(), mountsOf(await container.inspect()));
  await world.end();
  return { served, written, owners };
}

/** `user:group` of its processes, each once. */
async function ownersIn({ subject }: World): Promise<string[]> {
  const processes = await ownProcesses(await subject.inside());
  return [...new Set(processes.map(({ uid, gid }) => `${uid}:${gid}`))];
}

/**
 * Options of a tmpfs that whoever wrote there can write to: it belongs to root, with the mode of the folder below it
 * (measured, 20.10).
 */
export function tmpfsOptions(owners: readonly string[], { isPodman }: Pick<EngineInfo, 'isPodman'>): string {
  const [only = '', ...others] = owners;
  // Podman refuses an owner ("unknown mount option", 4.3.1).
  if (others.length > 0 || only === '' || (isPodman && !only.startsWith('0:'))) return 'mode=1777';
  const [uid, gid] = only.split(':');
  return uid === '0' ? '' : `uid=${uid},gid=${gid}`;
}

/** Looks for mounts with which it serves: tmpfs first, which keep nothing; then volumes, which begin with what the image has there. */
async function cureFor(lab: Lab, { served: before, written, owners }: Trial) {
  const { folders, left } = foldersFor(written);
  const evidence = left.length > 0 ? [{ name: 'written into the root itself', value: left.slice(0, mostShown) }] : [];
  if (folders.length === 0) return { evidence, advice: [] };
  const usual = Math.max(20_000, 5 * (before.readyMs ?? 0));
  const own = lab.plan.body.HostConfig;
  const options = tmpfsOptions(owners, lab.engine);
  lab.step(`trying a read-only root with tmpfs on ${folders.join(', ')}`);
  const Tmpfs = { ...own.Tmpfs, ...Object.fromEntries(folders.map((folder) => [folder, options])) };
  const withTmpfs = await tried(lab, usual, { ReadonlyRootfs: true, Tmpfs });
  if (faultAfter(before, withTmpfs.served) === undefined)
    return {
      evidence: [...evidence, { name: 'with those tmpfs', value: toldOf(withTmpfs.served) }],
      advice: [`tmpfs: [${folders.map((folder) => (options === '' ? folder : `"${folder}:${options}"`)).join(', ')}]`],
    };
  lab.step(`trying a read-only root with volumes on ${folders.join(', ')}`);
  const Mounts = [...(own.Mounts ?? []), ...folders.map((Target) => ({ Type: 'volume' as const, Target }))];
  const withVolumes = await tried(lab, usual, { ReadonlyRootfs: true, Mounts });
  const tmpfsFailed = { name: 'with tmpfs there', value: faultAfter(before, withTmpfs.served) ?? '' };
  if (faultAfter(before, withVolumes.served) === undefined)
    return {
      evidence: [...evidence, tmpfsFailed, { name: 'with volumes there', value: toldOf(withVolumes.served) }],
      advice: [`volumes: [${folders.map((folder) => `${folder.slice(1).replaceAll('/', '-')}:${folder}`).join(', ')}]`],
    };
  const volumesFailed = {
    name: 'with volumes there',
    value: faultAfter(before, withVolumes.served) ?? '',
  };
  return { evidence: [...evidence, tmpfsFailed, volumesFailed], advice: [] };
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

function shownPaths(written: readonly Change[]): string[] {
  const words = { A: 'added', C: 'changed', D: 'deleted' } as const;
  const shown = written.slice(0, mostShown).map(({ path, kind }) => `${path} (${words[kind]})`);
  return written.length > mostShown ? [...shown, `and ${written.length - mostShown} more`] : shown;
}

const more = (count: number) => (count > 1 ? ` and ${count - 1} more` : '');
