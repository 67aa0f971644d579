import type { EngineInfo } from '../../engine/engine.ts';
import type { HostBody } from '../../stack/plan.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import type { Lab } from '../lab.ts';
import { oneLine } from '../one-line.ts';
import { type RootTrial, rootFault, rootTrial } from './root-trial.ts';
import { toldOf } from './serving.ts';
import { foldersFor, mostShown } from './written-paths.ts';

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
export async function rootCure(lab: Lab, before: RootTrial) {
  const { written, owners } = before;
  const { folders, left } = foldersFor(written);
  const evidence = left.length > 0 ? [{ name: 'written into the root itself', value: left.slice(0, mostShown) }] : [];
  if (folders.length === 0) return { evidence, advice: [] };
  const usual = Math.max(20_000, 5 * (before.served.readyMs ?? 0));
  const own = lab.plan.body.HostConfig;
  const options = tmpfsOptions(owners, lab.engine);
  lab.step(`trying a read-only root with tmpfs on ${folders.join(', ')}`);
  const Tmpfs = { ...own.Tmpfs, ...Object.fromEntries(folders.map((folder) => [folder, options])) };
  const withTmpfs = await mountsTrial(lab, usual, { ReadonlyRootfs: true, Tmpfs });
  if (rootFault(before, withTmpfs) === undefined)
    return {
      evidence: [...evidence, { name: 'with those tmpfs', value: toldOf(withTmpfs.served) }],
      advice: [tmpfsLine(folders.map((folder) => [folder, options]))],
    };
  lab.step(`trying a read-only root with volumes on ${folders.join(', ')}`);
  const Mounts = [...(own.Mounts ?? []), ...folders.map((Target) => ({ Type: 'volume' as const, Target }))];
  const withVolumes = await mountsTrial(lab, usual, { ReadonlyRootfs: true, Mounts });
  const tmpfsFailed = { name: 'with tmpfs there', value: rootFault(before, withTmpfs) ?? '' };
  if (rootFault(before, withVolumes) === undefined)
    return {
      evidence: [...evidence, tmpfsFailed, { name: 'with volumes there', value: toldOf(withVolumes.served) }],
      advice: [`volumes: [${folders.map((folder) => `${folder.slice(1).replaceAll('/', '-')}:${folder}`).join(', ')}]`],
    };
  const volumesFailed = {
    name: 'with volumes there',
    value: rootFault(before, withVolumes) ?? '',
  };
  return { evidence: [...evidence, tmpfsFailed, volumesFailed], advice: [] };
}

/** A mount may hide the very program that is to be started: then the engine refuses to. */
async function mountsTrial(lab: Lab, readyMs: number, host: HostBody): Promise<RootTrial> {
  try {
    return await rootTrial(lab, readyMs, host);
  } catch (error) {
    if (!(error instanceof SeaworthyError) || error.code !== 'engine-refused' || lab.signal.aborted) throw error;
    const because = oneLine(error.message.replace(/^.*?: (?=exec:|mkdir)/, ''));
    const served = { ok: false, readyMs: undefined, by: 'running', asked: 0, answered: 0, statuses: [], because };
    return { served, written: [], owners: [], complaints: [], said: [], exitCode: undefined };
  }
}

/** As the file would say it. */
export function tmpfsLine(mounts: readonly (readonly [folder: string, options: string])[]): string {
  const shown = mounts.map(([folder, options]) => (options === '' ? folder : `"${folder}:${options}"`));
  return `tmpfs: [${shown.join(', ')}]`;
}
