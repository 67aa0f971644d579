import type { Service } from '../model/service.ts';
import { withSmallDisks, writablePlaces } from './disks/small-disks.ts';
import type { Drill } from './drill.ts';
import { crowdOf } from './health/crowd.ts';
import { runningDependencies } from './health/dependencies.ts';
import { control } from './health/health-control.ts';
import { fillDisk, smallDiskBytes } from './health/health-disk.ts';
import { closePort, freeze, killWorkers, lastingWorkers } from './health/health-mutants.ts';
import { cutOff, takeAway } from './health/health-outages.ts';
import { atPace, paceOf, quickened } from './health/health-pace.ts';
import { type Trial, untilWell, type Ward, wardOf, windowOf } from './health/health-trial.ts';
import { judgeHealth } from './health/health-verdict.ts';
import { meaningOf } from './health/meaning.ts';
import { statedReadiness } from './health/served.ts';
import type { Lab, WorldOptions } from './lab.ts';

export const honestHealth: Drill = {
  id: 'honest-health',
  claim: 'Its health check tells the truth: unhealthy when it cannot serve, healthy when it can',
  why: 'A check that always passes hides a dead service for hours; one that asks the database restarts every replica when the database has a hiccup.',
  experiment:
    'Makes faults, one at a time, and looks what the engine calls it: every process frozen (SIGSTOP), its port closed, its workers killed, each dependency cut off and stopped, its volumes full (held in memory, 256 MiB at most). Checks it every second where the file looks less often. After each fault all is put right, and it must be healthy again. What an outage of another may do is a question of meaning: x-seaworthy says whether it tells liveness or readiness, else the name of its path does (/livez, /readyz), or a readiness route beside it; else it is to be unhealthy while requests fail, and only then.',
  mission: ['DRL4', 'IMG8', 'RUN11'],
  sources: [
    'https://docs.docker.com/reference/dockerfile/#healthcheck',
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
    'https://aws.amazon.com/builders-library/implementing-health-checks/',
  ],
  attach: 'never',
  company: 'any',
  budget(service) {
    const window = windowOf(paceOf(service), quickened(paceOf(service), 'impatient')) / 1000;
    return Math.round(240 + 7 * window + service.dependsOn.length * (2 * window + 120));
  },
  skip: (service) => noHealthCheck(service),
  async run(lab) {
    const file = paceOf(lab.service);
    const drilled = quickened(file, 'impatient');
    const ward = async (options: WorldOptions = {}) =>
      wardOf(lab, await lab.world({ ...options, ready: false, change: atPace(drilled) }), file, drilled);
    const first = await ward();
    const told = await control(first);
    if (told) return told;
    await first.subject.meet();
    const all = await Promise.all([ownFaults(first), outages(lab, ward), disk(lab, ward)]);
    return judgeHealth({
      trials: all.flat(),
      file,
      drilled,
      means: meaningOf(lab.settings),
      readiness: statedReadiness(lab),
    });
  },
};

/** Why there is no health check to try. */
export function noHealthCheck({ healthcheck, role }: Service): string | undefined {
  if (role.runs !== 'server') return `it is no server: ${role.because}`;
  if (healthcheck.kind === 'none') return 'no health check';
  return healthcheck.kind === 'disabled' ? 'its health check is switched off' : undefined;
}

async function ownFaults(ward: Ward): Promise<Trial[]> {
  const trials = [await freeze(ward)];
  if (ward.lab.service.role.kind !== 'worker' && (await untilWell(ward))) trials.push(await closePort(ward));
  // More kinds than three tell nothing new: a database has a dozen, and restarts them all when one dies.
  for (const kind of (await lastingWorkers(ward)).slice(0, 3)) {
    if (!(await untilWell(ward, 30_000))) break;
    trials.push(await killWorkers(ward, kind));
  }
  return trials;
}

async function outages(lab: Lab, wardFor: () => Promise<Ward>): Promise<Trial[]> {
  if (lab.plan.dependsOn.length === 0 && lab.plan.body.Env === undefined) return [];
  const ward = await wardFor();
  const dependencies = await runningDependencies(lab, ward.world);
  if (dependencies.length === 0) {
    await ward.world.end();
    return [];
  }
  const trials: Trial[] = [];
  for (const dependency of dependencies) {
    if (!(await untilWell(ward, 60_000))) break;
    const cut = await twice(ward, () => cutOff(ward, dependency));
    trials.push(cut);
    // What a silent cut has shown, a stopped server would only show again.
    if (cut.seen !== 'unhealthy' && (await untilWell(ward, 60_000))) trials.push(await takeAway(ward, dependency));
  }
  return trials;
}

/** A busy machine can make a probe late: an outage that is noticed must be noticed again. */
async function twice(ward: Ward, outage: () => Promise<Trial>): Promise<Trial> {
  const first = await outage();
  if (first.seen !== 'unhealthy' || !(await untilWell(ward, 60_000))) return first;
  const second = await outage();
  if (second.seen !== 'unhealthy') return { ...second, note: 'called unhealthy the first time, not the second' };
  const crowd = /exceeded timeout/.test(second.words ?? '') ? await crowdOf(ward.lab) : undefined;
  return crowd === undefined ? second : { ...second, seen: 'not done', note: `probes timed out, but ${crowd}` };
}

async function disk(lab: Lab, wardFor: (options: WorldOptions) => Promise<Ward>): Promise<Trial[]> {
  if (writablePlaces(lab.plan).length === 0) return [];
  const ward = await wardFor({
    changeStack: (plan) => withSmallDisks(plan, lab.plan.name, smallDiskBytes, lab.engine),
  });
  const isWell = await untilWell(ward, 60_000);
  const trial = isWell
    ? await fillDisk(ward)
    : ({ kind: 'disk', what: 'disk full', seen: 'not done', note: 'it was not healthy with small disks' } as const);
  await ward.world.end();
  return [trial];
}
