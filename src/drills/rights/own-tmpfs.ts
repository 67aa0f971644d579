import { broke, type Told } from '../drill.ts';
import type { Lab } from '../lab.ts';
import { tmpfsLine, tmpfsOptions } from './root-cure.ts';
import { type RootTrial, rootFault, rootTrial } from './root-trial.ts';
import { inBrief, toldOf } from './serving.ts';

/**
 * Whether it is the file's own tmpfs that keeps it from serving. An empty one hides what the image has there, and belongs
 * to root, whoever owned the folder below it.
 */
export async function ownTmpfsFault(lab: Lab, asItIs: RootTrial, readyMs: number): Promise<Told | undefined> {
  const own = Object.entries(lab.plan.body.HostConfig.Tmpfs ?? {});
  if (own.length === 0) return undefined;
  lab.step('it does not serve: trying it without its tmpfs');
  const without = await rootTrial(lab, readyMs, { ReadonlyRootfs: false, Tmpfs: {} });
  if (!without.served.ok) return undefined;
  const used = own.filter(([folder]) => without.written.some(({ path }) => `${path}/`.startsWith(placeOf(folder))));
  const suspects = new Set((used.length > 0 ? used : own).map(([folder]) => folder));
  const folders = [...suspects].join(', ');
  const evidence = [
    { name: 'with its tmpfs, and a root it may write', value: asItIs.served.because ?? 'it does not serve' },
    { name: 'without its tmpfs', value: toldOf(without.served) },
  ];
  const options = tmpfsOptions(without.owners, lab.engine);
  const handedOver = own.map(([folder, said]): [string, string] => {
    const isOwned = options === '' || !suspects.has(folder) || /(?:^|,)(?:uid|mode)=/.test(said);
    return [folder, isOwned ? said : [said, options].filter((one) => one !== '').join(',')];
  });
  lab.step(`trying it with tmpfs that belong to it on ${folders}`);
  const owned = await rootTrial(lab, readyMs, { ReadonlyRootfs: true, Tmpfs: Object.fromEntries(handedOver) });
  const cured = rootFault(without, owned) === undefined;
  return broke(`With its own tmpfs on ${folders} it does not serve: ${inBrief(asItIs.served.because)}`, {
    evidence: [
      ...evidence,
      ...(cured ? [{ name: 'with a tmpfs that belongs to it', value: toldOf(owned.served) }] : []),
    ],
    advice: cured ? [tmpfsLine(handedOver)] : [],
  });
}

/** As `docker diff` tells it, with a slash behind: nearly everywhere /var/run is a link to /run. */
function placeOf(folder: string): string {
  return `${folder.replace(/\/$/, '').replace(/^\/var\/run(?=\/|$)/, '/run')}/`;
}
