import type { Evidence } from '../vocabulary/drill.ts';
import { broke, type Drill, held, inconclusive, type Told } from './drill.ts';
import { machineSlack } from './health/machine-slack.ts';
import type { Lab, Subject } from './lab.ts';
import { shownSeconds } from './shown-seconds.ts';
import { appBelow, killApp } from './stopping/app-below.ts';
import { comeUp, crashesByItself, ends } from './stopping/come-up.ts';
import { crashAndWait, type Return } from './stopping/crash.ts';
import { type CrashLoop, crashInARow, isBounded } from './stopping/crash-loop.ts';
import { endingCopyOf, endsAtFirst } from './stopping/ends-at-first.ts';
import { leftAlone } from './stopping/left-alone.ts';
import { restartPolicyOf } from './stopping/restart-policy.ts';
import { servesAgain, shownStatus } from './stopping/serves-again.ts';

export const crashRestart: Drill = {
  id: 'crash-restart',
  claim: 'After a crash it is back by itself and serves again, and a crash loop is bounded',
  why: 'Every process dies some night: of a bug, or of the kernel when memory is short. What nothing starts again is down until somebody wakes up; what crashes and starts without a pause takes the machine with it.',
  experiment:
    'Kills its main process from outside the container with SIGKILL, as the kernel would (`docker kill` would switch the restart policy off), waits until it runs and is ready, and asks it. Where the app runs below a shell or an init, it is killed there as well. Then kills it five times in a row, each time as soon as it runs, and measures the pauses. Meanwhile one copy of it is left alone for 15 s, and a copy of it ends with an error of its own at its first starts (where its image has a shell).',
  mission: ['DRL8', 'RUN10'],
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#restart',
    'https://docs.docker.com/engine/containers/start-containers-automatically/',
    'https://github.com/moby/moby/blob/v20.10.24/restartmanager/restartmanager.go',
  ],
  attach: 'never',
  company: 'any',
  budget: () => 420,
  skip: ({ role }) => (role.runs === 'server' ? undefined : 'it ends by itself: nothing restarts it'),
  async run(lab) {
    lab.step('starting it');
    const began = performance.now();
    const { subject } = await lab.world({ ready: false });
    const worldMs = performance.now() - began;
    const policy: Evidence = { name: 'restart policy', value: restartPolicyOf(subject.plan).written };
    const first = await comeUp(lab, subject);
    if (!first.ok) return crashesByItself(subject, first.because ?? 'it ended as soon as it ran', policy);
    const served = await subject.ask();
    if (served && !served.ok)
      return inconclusive(`It did not answer well before it was made to crash: ${shownStatus(served)}`, {
        evidence: [policy],
      });
    // What it took to boot, here and now, with room for a machine that is busier then.
    const patienceMs = Math.max(20_000, 3 * first.ms + 10_000) * (await machineSlack(lab));
    const boot: Evidence = { name: 'first start until ready', value: Math.round(first.ms), unit: 'ms' };
    return crashIt(lab, subject, { patienceMs, worldMs, endsBefore: ends(subject) }, [policy, boot]);
  },
};

interface Known {
  readonly patienceMs: number;
  /** What it took to make a world. */
  readonly worldMs: number;
  /** How often it had ended before it was ready: one that waits for its database by crashing does so. */
  readonly endsBefore: number;
}

async function crashIt(lab: Lab, subject: Subject, known: Known, evidence: Evidence[]): Promise<Told> {
  const { patienceMs, worldMs, endsBefore } = known;
  lab.step('killing its main process');
  lab.note('killed process 1', 'drill');
  const fault = await returnFault(lab, subject, patienceMs, evidence);
  if (fault) return broke(fault, { evidence, advice: policyAdvice(subject) });

  const family = await appBelow(lab, subject);
  if (family) {
    lab.step('killing the app below process 1');
    lab.note('killed the app below process 1', 'drill');
    const appFault = await killApp(lab, subject, family, patienceMs, evidence);
    if (appFault) return broke(appFault, { evidence, advice: [...policyAdvice(subject), wrapperAdvice] });
  }

  const copy = await endingCopyOf(subject);
  lab.step('making it crash five times in a row, a copy end with an error at first, and leaving one alone');
  lab.note('a crash loop begins', 'drill');
  const ofCopy: Evidence[] = [];
  const ofAlone: Evidence[] = [];
  const [loop, endFault, aloneFault] = await Promise.all([
    crashInARow(lab, subject),
    endsAtFirst(lab, copy, worldMs, patienceMs, ofCopy),
    leftAlone(lab, ofAlone),
  ]);
  evidence.push(
    { name: 'crashes in a row', value: loop.crashes },
    { name: 'pauses before each start', value: loop.gapsMs.map((gap) => shownSeconds(gap)) },
    ...ofCopy,
    ...ofAlone,
  );
  if (aloneFault !== undefined)
    return broke(aloneFault, {
      evidence,
      advice: ['Mend what makes it end, no restart policy can: its last words are in the evidence'],
    });
  if (!loop.gaveUp && isBounded(loop)) {
    lab.step('waiting until it serves again');
    const serving = await servesAgain(subject, patienceMs);
    if (serving !== undefined)
      return broke(`After five crashes in a row it was started again, but ${serving}`, { evidence });
  }
  const byItself = ends(subject) - endsBefore - 1 - (family ? 1 : 0) - loop.crashes;
  // A supervisor that starts its app anew keeps the container, and one end fewer is heard: that is never more than expected.
  if (byItself > 0)
    return broke(`It also crashed by itself ${byItself === 1 ? 'once' : `${byItself} times`} within the drill`, {
      evidence,
    });
  const looped = loopTold(lab, subject, loop, evidence);
  return endFault === undefined || looped.outcome !== 'held' ? looped : broke(endFault, { evidence });
}

const wrapperAdvice =
  'Let the app be process 1 (exec form, or `exec` in the script), or take `init: true`: then its end is the end of the container, and the restart policy acts';

/** What is wrong with how it came back; adds what was seen to the evidence. */
async function returnFault(
  lab: Lab,
  subject: Subject,
  patienceMs: number,
  evidence: Evidence[],
): Promise<string | undefined> {
  const began = performance.now();
  const back = await crashAndWait(lab, subject, patienceMs);
  evidence.push({ name: 'exit code after its main process was killed', value: back.exitCode });
  if (!back.isBack) return notBack(subject, back);
  if (back.downMs !== undefined) evidence.push({ name: 'down', value: Math.round(back.downMs), unit: 'ms' });
  const serving = await servesAgain(subject, patienceMs);
  if (serving !== undefined) return `It was started again after its main process was killed, but ${serving}`;
  evidence.push({ name: 'serving again after', value: Math.round(performance.now() - began), unit: 'ms' });
  return undefined;
}

function notBack(subject: Subject, { status, exitCode }: Return): string {
  const { name, written } = restartPolicyOf(subject.plan);
  if (status === 'restarting') return 'The engine could not start it again after its main process was killed';
  if (name === 'no')
    return `Nothing restarts it: its main process was killed (code ${exitCode}), and it stays down, for its restart policy is "no"`;
  return `It is not restarted after its main process was killed: it is ${status} with code ${exitCode}, and its restart policy is ${written}`;
}

function loopTold({ engine }: Lab, subject: Subject, loop: CrashLoop, evidence: readonly Evidence[]): Told {
  const policy = restartPolicyOf(subject.plan);
  const pauses = loop.gapsMs.map((gap) => shownSeconds(gap)).join(', ');
  if (!isBounded(loop))
    return broke(
      `A crash loop has no bound: five crashes in a row, five starts, and the pause does not grow (${pauses})${engine.isPodman ? '; Podman, unlike Docker, never waits: only a count ends the loop' : ''}`,
      {
        evidence,
        advice: ['restart: on-failure:5'],
      },
    );
  if (!loop.gaveUp)
    return held(
      `It is back and serves after each crash; in a crash loop the engine waits longer each time (${pauses})`,
      {
        evidence,
      },
    );
  if (policy.most === undefined)
    return broke(
      `It stayed down after ${loop.crashes} crashes in a row, though its restart policy is ${policy.written}`,
      {
        evidence,
      },
    );
  return held(
    `It is back and serves after a crash; a crash loop ends when ${policy.written} gives up (the engine counts all restarts since the container was made, not those in a row)`,
    { evidence },
  );
}

const policyAdvice = (subject: Subject): string[] =>
  restartPolicyOf(subject.plan).name === 'no' ? ['restart: unless-stopped'] : [];
