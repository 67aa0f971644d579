import type { ServicePlan } from '../stack/plan.ts';
import type { Evidence } from '../vocabulary/drill.ts';
import { broke, type Drill, held, inconclusive } from './drill.ts';
import type { Lab, Subject } from './lab.ts';
import { shownSeconds } from './shown-seconds.ts';
import { familyOf, lasting, shownProcess } from './stopping/family.ts';
import { doingsOf } from './stopping/only-parent.ts';
import { passingFault } from './stopping/passing-fault.ts';
import { type Passing, passSignal } from './stopping/signal-passing.ts';
import { signalOf } from './stopping/stop-service.ts';
import { countZombies, zombieAdvice } from './stopping/zombies.ts';

export const pid1: Drill = {
  id: 'pid-1',
  claim: 'Process 1 hears the stop signal or passes it on to the app, and leaves no zombies',
  why: 'The engine signals process 1 alone. A shell there keeps the signal to itself, and an app that has no handler never hears of it: each stop takes the whole grace period and ends in SIGKILL. Children that nobody waits for stay as zombies until no process can be started any more.',
  experiment:
    'Looks at its processes; asks it up to 100 times within 4 s and runs its health check five times, counting zombies that stay for 2 s; leaves an orphan to process 1, to see whether it is reaped. Then sends the stop signal to process 1, as the engine does, with the app below a wrapper (a shell, an init, a launcher, or any program that only starts another and waits for it) held still, so that what it is sent can be seen waiting for it.',
  mission: ['IMG9'],
  sources: [
    'https://man7.org/linux/man-pages/man7/pid_namespaces.7.html',
    'https://docs.docker.com/reference/dockerfile/#shell-form-entrypoint-example',
    'https://docs.docker.com/reference/compose-file/services/#init',
    'https://github.com/krallin/tini#why-tini',
    'https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#handling-kernel-signals',
  ],
  attach: 'never',
  company: 'any',
  budget: () => 180,
  skip: ({ role }) => (role.runs === 'server' ? undefined : 'it ends by itself: nobody signals it'),
  async run(lab) {
    lab.step('starting it');
    const { subject } = await lab.world({ change: withoutRestart });
    const inside = await subject.inside();
    const early = await inside.processes();
    const zombies = await countZombies(lab, subject);
    const orphanReaped = await leaveAnOrphan(lab, subject);
    const processes = lasting(early, await inside.processes());
    const family = familyOf(processes, await doingsOf(inside, processes, (await subject.address())?.port));
    if (!family) return inconclusive('Its process 1 could not be seen from a helper in its process namespace');
    const signal = await signalOf(subject);
    lab.step(`sending ${signal} to process 1`);
    const passing = await passSignal(lab, subject, family, signal);
    const evidence: Evidence[] = [
      { name: 'process 1', value: shownProcess(family.first) },
      { name: 'process 1 is', value: kinds[family.kind] },
      ...(family.apps.length > 0 ? [{ name: 'the app', value: family.apps.map(shownProcess) }] : []),
      { name: signal, value: told(passing) },
      ...zombies.evidence,
      ...(orphanReaped === undefined ? [] : [{ name: 'reaps orphans', value: orphanReaped }]),
    ];
    const signalFault = passingFault(passing, family, signal);
    const faults = [...(signalFault ? [signalFault.summary] : []), ...zombies.faults];
    const advice = [...(signalFault?.advice ?? []), ...(zombies.faults.length > 0 ? zombieAdvice(subject) : [])];
    if (faults.length > 0) return broke(faults.join('. '), { evidence, advice: [...new Set(advice)] });
    const unreaped =
      orphanReaped === false ? '; it does not reap orphans, which is harmless as long as nothing leaves it any' : '';
    return held(`${heldWords(passing, family.first.name, signal)}, and it leaves no zombies${unreaped}`, {
      evidence,
      advice: orphanReaped === false ? ['init: true'] : [],
    });
  },
};

const withoutRestart = (plan: ServicePlan): ServicePlan => ({
  ...plan,
  body: { ...plan.body, HostConfig: { ...plan.body.HostConfig, RestartPolicy: { Name: 'no' } } },
});

const kinds = {
  shell: 'a shell',
  init: 'an init',
  launcher: 'a launcher',
  parent: 'a program that starts the app and waits for it',
  app: 'the app itself',
  idler: 'a program that only waits',
} as const;

function told(passing: Passing): string {
  switch (passing.what) {
    case 'passed':
      return `passed on to ${passing.to.map(shownProcess).join(', ')}${
        passing.notTo.length > 0 ? `, not to ${passing.notTo.map(shownProcess).join(', ')}` : ''
      }`;
    case 'ended':
      return `it left with code ${passing.exitCode}`;
    case 'left-alone':
      return 'process 1 left while the app still ran';
    case 'left-later':
      return `process 1 left after ${shownSeconds(passing.afterMs)}; the app, held still, went with it`;
    case 'handled':
      return 'process 1 has a handler for it (it did not leave within 5 s: see graceful-stop)';
    case 'unheard':
      return 'nothing happened';
  }
}

function heldWords(passing: Passing, name: string, signal: string): string {
  if (passing.what === 'left-later') return `Process 1 (${name}) handles ${signal}, and leaves`;
  if (passing.what === 'passed') return `Process 1 (${name}) passes ${signal} on to the app`;
  return passing.what === 'ended'
    ? `${signal} reaches the app, which leaves`
    : `${signal} reaches a handler of the app`;
}

/** Undefined where it could not be tried. */
async function leaveAnOrphan(lab: Lab, subject: Subject): Promise<boolean | undefined> {
  const inside = await subject.inside();
  const pid = await inside.orphan().catch(() => undefined);
  if (pid === undefined) return undefined;
  const find = async () => (await inside.processes()).find((process) => process.pid === pid);
  const isOver = await lab.until(15_000, async () => ((await find())?.state ?? 'Z') === 'Z', 50);
  if (!isOver) return undefined;
  return lab.until(2000, async () => (await find()) === undefined);
}
