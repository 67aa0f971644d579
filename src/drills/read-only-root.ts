import { broke, type Drill, held, inconclusive } from './drill.ts';
import { ownTmpfsFault } from './rights/own-tmpfs.ts';
import { rootCure } from './rights/root-cure.ts';
import { rootFault, rootTrial } from './rights/root-trial.ts';
import { inBrief, patienceFor, toldOf } from './rights/serving.ts';
import { foldersFor, shownPaths } from './rights/written-paths.ts';

export const readOnlyRoot: Drill = {
  id: 'read-only-root',
  claim: 'It serves with a read-only root',
  why: 'On a root it cannot write, an intruder cannot leave a program behind or change the one that runs, and no file grows unseen in the container until the disk is full. But the flag alone proves nothing: many a service dies at its first write, or at its thousandth request.',
  experiment:
    'Runs it twice, once with a root it may write and once read-only with the file’s own tmpfs and volumes, sends both the same requests, again after some seconds, tells them to stop, and compares; who answers no requests is judged by its log. What it wrote is read from the difference to its image. If it does not serve read-only, the folders it wrote become tmpfs, then volumes, and it is tried again.',
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
      rootTrial(lab, patience, { ReadonlyRootfs: false }),
      rootTrial(lab, patience, { ReadonlyRootfs: true }),
    ]);
    if (!writable.served.ok)
      return (
        (await ownTmpfsFault(lab, writable, patience)) ??
        inconclusive(`It does not serve even with a root it may write: ${inBrief(writable.served.because)}`)
      );
    const usual = writable.served.readyMs ?? 0;
    // One that took most of the time to get ready may have had bad luck.
    const isUnsure = first.served.readyMs === undefined && 4 * usual > patience;
    const readOnly = isUnsure ? await rootTrial(lab, 6 * usual, { ReadonlyRootfs: true }) : first;
    const found = rootFault(writable, readOnly);
    const fault = found === undefined ? undefined : inBrief(found);
    const { written } = writable;
    const isSet = lab.plan.body.HostConfig.ReadonlyRootfs === true;
    const evidence = [
      { name: 'read_only in the file', value: isSet },
      { name: 'written outside its mounts', value: shownPaths(written) },
      { name: 'with a root it may write', value: toldOf(writable.served) },
      { name: 'with a read-only root', value: found ?? toldOf(readOnly.served) },
      ...(readOnly.complaints.length > 0
        ? [{ name: 'what its log says of that', value: readOnly.complaints.slice(-5) }]
        : []),
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
      const complaint = readOnly.complaints.length > 0 ? `; its log has "${readOnly.complaints.at(-1)}"` : '';
      const unset = isSet ? '' : '; the file does not set it';
      return held(`It serves with a read-only root: ${toldOf(readOnly.served)}${goesWithout}${complaint}${unset}`, {
        evidence,
        advice: isSet ? [] : ['read_only: true'],
      });
    }
    const cure = await rootCure(lab, writable);
    const what = written.length > 0 ? `; it writes ${written[0]!.path}${more(written.length)}` : '';
    return broke(`With a read-only root ${fault}${what}`, {
      evidence: [...evidence, ...cure.evidence],
      advice: cure.advice.length > 0 && !isSet ? ['read_only: true', ...cure.advice] : cure.advice,
    });
  },
};

/** Podman gives each read-only container a tmpfs in these places (`--read-only-tmpfs`, on by default); Docker does not. */
const podmanTmpfs = /^\/(?:run|tmp|var\/tmp)\//;

const more = (count: number) => (count > 1 ? ` and ${count - 1} more` : '');
