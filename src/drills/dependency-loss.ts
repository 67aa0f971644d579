import type { Drill } from './drill.ts';
import { dependenciesOf, type RunningDependency, runningDependencies } from './health/dependencies.ts';
import { isolated } from './health/health-outages.ts';
import { HealthWatch } from './health/health-watch.ts';
import { judgeLoss, type Loss } from './health/loss-verdict.ts';
import { serves, servesWell } from './health/served.ts';
import type { Lab, Subject } from './lab.ts';

/** How long the dependency stays away. A restart with migrations takes as long; crash loops show within it. */
const awayMs = 6000;
/** And so much longer when it has ended once: the next time may come after a timeout of its own. */
const loopMs = 20_000;
/** How long it may take until it serves again, once the dependency is back. */
const recoveryMs = 30_000;
/** How old a sign of life may be that a health test still believes: ten seconds or fifteen are usual. */
const settleMs = 20_000;
/** Then it must pass within this time: one failure may be chance. */
const graceMs = 10_000;

export const dependencyLoss: Drill = {
  id: 'dependency-loss',
  claim: 'When a dependency dies and comes back, it neither crash-loops nor stays broken: it recovers by itself',
  why: 'Databases restart for upgrades and fail over at night; a client that never connects again turns a blip into an outage.',
  experiment: `Kills each dependency, and in a second pass drops all packets to it, for ${awayMs / 1000} s. Asks the service meanwhile, counts its restarts, and waits ${recoveryMs / 1000} s at most for it to serve again once the dependency is back. ${settleMs / 1000} s later it must still pass its health test.`,
  mission: ['DRL4', 'DRL8', 'RUN11'],
  sources: [
    'https://docs.docker.com/compose/how-tos/startup-order/',
    'https://12factor.net/disposability',
    'https://sre.google/sre-book/addressing-cascading-failures/',
  ],
  attach: 'never',
  company: 'any',
  budget: (service) => 180 + 180 * dependenciesOf(service).size,
  skip(service) {
    if (service.role.runs !== 'server') return `it is no server: ${service.role.because}`;
    return dependenciesOf(service).size > 0 ? undefined : 'it depends on no other service';
  },
  async run(lab) {
    const passes = await Promise.all(
      (['killed', 'cut off'] as const).map(async (how) => {
        // Its requests tell whether it serves: its health test may be slow, or of no use.
        const world = await lab.world({ ready: false });
        const dependencies = await runningDependencies(lab, world);
        const seen: Loss[] = [];
        for (const dependency of dependencies) {
          const loss = await lose(lab, world.subject, dependency, how);
          seen.push(loss);
          if (loss.recoveredMs === undefined) break;
        }
        return seen.at(-1)?.recoveredMs === undefined
          ? seen
          : [...seen, ...(await afterwards(lab, world.subject, seen, how))];
      }),
    );
    return judgeLoss(passes.flat());
  },
};

async function lose(
  lab: Lab,
  subject: Subject,
  { subject: dependency }: RunningDependency,
  how: Loss['how'],
): Promise<Loss> {
  const watch = new HealthWatch(subject.container);
  let servedBefore = await servesWell(lab, subject, 60_000);
  if (servedBefore) {
    // Its front page may need what its health route does not.
    await subject.meet();
    servedBefore = await servesWell(lab, subject, 10_000);
  }
  if (!servedBefore) return { ...nothing(dependency.name, how), servedBefore };
  const testedBefore = (await subject.probe().catch(() => undefined))?.ok === true;
  await watch.look();
  const restartsBefore = watch.restarts;
  const began = performance.now();
  let comeBack: () => Promise<void>;
  try {
    lab.step(`${how === 'killed' ? 'killing' : 'cutting off'} ${dependency.name}`);
    comeBack = await taken(dependency, how);
  } catch (error) {
    return { ...nothing(dependency.name, how), notDone: error instanceof Error ? error.message : 'it cannot be done' };
  }
  const away = await looksMeanwhile(lab, subject);
  await watch.look();
  // It ended once: whether that is a loop shows when it is tried again.
  if (watch.restarts - restartsBefore === 1)
    await lab.until(loopMs, async () => (await watch.look()) && watch.restarts - restartsBefore > 1, 250);
  lab.step(`bringing ${dependency.name} back`);
  await comeBack();
  const goneMs = performance.now() - began;
  const returned = performance.now();
  const isBack = await servesWell(lab, subject, recoveryMs);
  const waitedMs = performance.now() - returned;
  const restarts = await watch.look().then(() => watch.restarts - restartsBefore);
  const isDown = !isBack && !watch.running && !watch.isRestarting;
  const isFine = isBack && restarts === 0;
  return {
    dependency: dependency.name,
    how,
    servedBefore,
    testedBefore,
    ...away,
    awayMs: goneMs,
    restarts,
    isDown,
    recoveredMs: isBack ? waitedMs : undefined,
    waitedMs,
    lastWords: isFine ? '' : await lastWords(subject),
  };
}

/**
 * A worker that is dead passes its health test until its last sign of life is too old, and so may a service whose
 * threads have ended behind a port that answers: once all is back, it must still pass after a while.
 */
async function afterwards(lab: Lab, subject: Subject, seen: readonly Loss[], how: Loss['how']): Promise<Loss[]> {
  if (!seen.some(({ testedBefore }) => testedBefore)) return [];
  const passes = async () => (await subject.probe().catch(() => undefined))?.ok === true;
  const began = performance.now();
  lab.step('waiting whether it stays well');
  await lab.wait(settleMs);
  if (await lab.until(graceMs, passes, 500)) return [];
  const loss = seen.at(-1)!;
  const dependency = seen.map((one) => one.dependency).join(', ');
  return [
    {
      ...loss,
      dependency,
      how,
      askedBy: 'its health test',
      recoveredMs: undefined,
      waitedMs: performance.now() - began,
      lastWords: await lastWords(subject),
    },
  ];
}

async function taken(dependency: Subject, how: Loss['how']): Promise<() => Promise<void>> {
  if (how === 'cut off') return isolated(dependency);
  await dependency.container.kill('SIGKILL');
  await dependency.container.wait();
  return async () => {
    await dependency.start();
    await dependency.ready();
  };
}

async function looksMeanwhile(
  lab: Lab,
  subject: Subject,
): Promise<Pick<Loss, 'looks' | 'answered' | 'slowestMs' | 'askedBy'>> {
  const began = performance.now();
  let [looks, answered, slowestMs, askedBy] = [0, 0, 0, ''];
  while (performance.now() - began < awayMs) {
    // It may be restarting: then there is nothing to ask.
    const served = await serves(lab, subject).catch(() => ({ ok: false, ms: 0, by: askedBy }));
    looks++;
    if (served.ok) answered++;
    slowestMs = Math.max(slowestMs, served.ms);
    askedBy = served.by;
    await lab.wait(250);
  }
  return { looks, answered, slowestMs, askedBy };
}

const nothing = (dependency: string, how: Loss['how']): Loss => ({
  dependency,
  how,
  askedBy: '',
  servedBefore: true,
  awayMs: 0,
  looks: 0,
  answered: 0,
  slowestMs: 0,
  restarts: 0,
  isDown: false,
  recoveredMs: 0,
  waitedMs: 0,
  lastWords: '',
});

async function lastWords(subject: Subject): Promise<string> {
  const log = await subject.container.logs({ tail: 6 }).catch(() => '');
  return log.trim();
}
