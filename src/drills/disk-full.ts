import type { ServicePlan } from '../stack/plan.ts';
import { printBytes } from '../vocabulary/bytes.ts';
import type { Evidence } from '../vocabulary/drill.ts';
import { smallTmpfs, smallVolumes, tmpfsBytes, volumeBytes } from './disks/disks-to-fill.ts';
import { brokenPromises, keepingOf, keptBytes, promiseLoad } from './disks/kept-writes.ts';
import { broke, type Drill, held, inconclusive } from './drill.ts';
import { answersAgain, endedHow, standingOf } from './standing.ts';

const fullMs = 5000;

/** Full volumes: the service lives through it, or is there again when there is room. */
export const diskFull: Drill = {
  id: 'disk-full',
  claim:
    'When the disk it writes to is full it says so to those whose data it cannot keep, and with room again it serves again by itself',
  why: 'Disks fill at night. A service that loses its data, or stays down after somebody has made room, turns a nuisance into an outage.',
  experiment: `Its volumes are given ${printBytes(volumeBytes)} of memory each (its tmpfs ${printBytes(tmpfsBytes)}), and filled to the last byte for some seconds while it is asked; then there is room again. Where \`x-seaworthy.drill.requests\` names requests that bring data (POST, PUT, PATCH), what each adds to its files is measured before: a success that is answered while nothing is kept is a loss. The engine's own disk is not filled.`,
  mission: ['DRL11'],
  sources: [
    'https://man7.org/linux/man-pages/man2/write.2.html#ERRORS',
    'https://docs.docker.com/engine/storage/tmpfs/',
  ],
  attach: 'never',
  company: 'any',
  budget: () => 120,
  skip: (service) =>
    service.tmpfs.length > 0 ||
    service.mounts.some(({ type, readOnly }) => !readOnly && (type === 'volume' || type === 'tmpfs'))
      ? undefined
      : 'it has no volume and no tmpfs to write to',
  async run(lab) {
    const { subject } = await lab.world({
      change: smallTmpfs,
      changeStack: (plan) => smallVolumes(plan, lab.service.name, lab.engine),
    });
    const targets = targetsOf(subject.plan);
    if (targets.length === 0) return inconclusive('None of its volumes could be made small');
    const keeping = await keepingOf(lab, subject, targets);
    const before = await standingOf(subject);
    lab.step(`filling ${targets.join(', ')}`);
    const inside = await subject.inside();
    const evidence: Evidence[] = [];
    const full: string[] = [];
    for (const target of targets) {
      const path = `/proc/1/root${target}/.seaworthy-fill`;
      const filled = await inside.fill(path, volumeBytes * 2).catch(() => undefined);
      if (filled?.full) full.push(path);
      evidence.push({ name: `${target} filled`, value: filled ? printBytes(filled.written) : 'could not be' });
    }
    if (full.length === 0) return inconclusive('Nothing it writes to could be filled', { evidence });
    const bytesBefore = keeping && (await keptBytes(subject, targets));
    const load = keeping && (await promiseLoad(subject, keeping, fullMs / 1000));
    let well = 0;
    let asked = 0;
    await lab.until(
      fullMs,
      async () => {
        const answer = await subject.ask().catch(() => undefined);
        if (answer) {
          asked++;
          if (answer.ok) well++;
        }
        return false;
      },
      250,
    );
    lab.waited(fullMs);
    const promised = await load?.stop();
    const during = await standingOf(subject);
    if (asked > 0) evidence.push({ name: 'answered well while full', value: `${well} of ${asked}` });
    const died = during.life !== before.life || during.state.status !== 'running';
    if (died) evidence.push({ name: 'while full', value: endedHow(during.state) });
    lab.step('there is room again');
    await freed(subject, full, inside);
    const again = await answersAgain(subject, (ms, isTrue) => lab.until(ms, isTrue), 60_000);
    const after = await standingOf(subject);
    evidence.push({ name: 'answered again', value: again }, { name: 'restarts', value: after.restarts });
    if (!again)
      return broke(
        after.state.status === 'running'
          ? 'Its disk was full for some seconds, and with room again it still does not serve'
          : `Its disk was full for some seconds: ${endedHow(after.state)}, and it is not back`,
        { evidence, advice: after.state.status === 'running' ? [] : ['restart: unless-stopped'] },
      );
    if (keeping && promised && bytesBefore !== undefined && !died) {
      const seen = { targets, bytesBefore, load: promised };
      const lost = await brokenPromises(lab, subject, keeping, seen, evidence);
      if (lost !== undefined) return broke(lost, { evidence, advice: ['say 507 (or 503) where a write has failed'] });
    }
    const lived = died ? 'ended, was started again' : asked > 0 ? `answered ${well} of ${asked} requests` : 'lived on';
    return held(
      `With ${full.length === 1 ? 'its disk' : 'its disks'} full it ${lived}, and with room again it serves`,
      { evidence },
    );
  },
};

async function freed(
  subject: Parameters<typeof standingOf>[0],
  full: readonly string[],
  inside: Awaited<ReturnType<typeof subject.inside>>,
): Promise<void> {
  for (const path of full)
    try {
      await inside.remove(path);
    } catch {
      // It was started again meanwhile: another helper, the same volume. While it waits for its next start there is none,
      // and nothing to remove: a volume in memory is empty again when nobody has it mounted.
      await subject
        .inside()
        .then((anew) => anew.remove(path))
        .catch(() => undefined);
    }
}

/** Where it may write, and what we made small. */
function targetsOf({ body }: ServicePlan): string[] {
  const { Mounts = [], Tmpfs = {} } = body.HostConfig;
  const mounted = Mounts.filter(({ Type, ReadOnly }) => !ReadOnly && (Type === 'volume' || Type === 'tmpfs')).map(
    ({ Target }) => Target,
  );
  const bound = (body.HostConfig.Binds ?? []).flatMap((bind) => {
    const [source = '', target = '', options = ''] = bind.split(':');
    return source.startsWith('/') || /\bro\b/.test(options) ? [] : [target];
  });
  return [...new Set([...mounted, ...bound, ...Object.keys(Tmpfs)])];
}
