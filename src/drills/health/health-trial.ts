import type { Lab, Subject, World } from '../lab.ts';
import type { HealthPace } from './health-pace.ts';
import { detectionMs } from './health-pace.ts';
import { unscheduled } from './health-schedule.ts';
import { HealthWatch, probeMs, probeWords } from './health-watch.ts';

/** What was done to a service, and what its health check made of it. */
export interface Trial {
  readonly kind: 'frozen' | 'port' | 'worker' | 'dependency' | 'disk';
  /** `frozen`, `port 3000 closed`, `db cut off`. */
  readonly what: string;
  /** `ended`: the container did, so the engine saw it. `recovered`: it served again by itself. `not done`: see `note`. */
  readonly seen: 'unhealthy' | 'healthy' | 'ended' | 'recovered' | 'not done';
  /** From the deed to the state. */
  readonly afterMs?: number;
  /** How long one failing probe took. */
  readonly failingMs?: number;
  /** What the last failing probe said. */
  readonly words?: string;
  /** Probes that passed meanwhile. */
  readonly passed?: number;
  /** Whether it answered the requests that the file names; undefined where it names none. */
  readonly serving?: boolean;
  /** Status of the answers to those that failed: 503 owns up to it, 500 does not. */
  readonly failedWith?: number;
  /** Milliseconds until the readiness path said no; `never`; absent where the file names none. */
  readonly readinessMs?: number | 'never';
  /** Healthy again after all was put right, or at least not serving either; false: it answers and is still called sick. */
  readonly isWellAgain?: boolean;
  readonly note?: string;
}

/** A service under trial. */
export interface Ward {
  readonly lab: Lab;
  readonly world: World;
  readonly subject: Subject;
  readonly watch: HealthWatch;
  /** As it is checked in this world. */
  readonly pace: HealthPace;
  /** How long a fault may stay unnoticed. */
  readonly windowMs: number;
}

/**
 * How long to wait for `unhealthy`: what the file itself allows, and never less than the world's own pace needs on a
 * machine that is busy with other things. Above 45 s nothing new is seen: by then some 40 probes have passed.
 */
export function windowOf(file: HealthPace, world: HealthPace): number {
  const least = detectionMs(world) * 1.5 + 5000;
  return Math.max(least, Math.min(detectionMs(file), 45_000));
}

export const wardOf = (lab: Lab, world: World, file: HealthPace, pace: HealthPace): Ward => ({
  lab,
  world,
  subject: world.subject,
  watch: new HealthWatch(world.subject.container),
  pace,
  windowMs: windowOf(file, pace),
});

type Noticed = Pick<Trial, 'seen' | 'afterMs' | 'words' | 'passed' | 'failingMs'>;

/** Waits until it is called unhealthy, it ends, or `isOver` says that there is nothing more to see. */
export async function untilSick(
  { lab, watch, windowMs }: Ward,
  isOver: (passed: number, ms: number) => boolean = () => false,
): Promise<Noticed> {
  await watch.look();
  const { life } = watch;
  const known = watch.probes.length;
  const began = performance.now();
  const ms = () => performance.now() - began;
  // The first probe that is new may have begun before the deed.
  const fresh = () => watch.probes.slice(known + 1);
  const passed = () => fresh().filter(({ exitCode }) => exitCode === 0).length;
  const isHere = () => watch.running && watch.life === life;
  await lab.until(
    windowMs,
    async () => {
      await watch.look();
      return watch.status === 'unhealthy' || !isHere() || isOver(passed(), ms());
    },
    200,
  );
  // No tool can save this: a check that is made every second fails its retries in so many seconds.
  lab.waited(ms());
  const failure = fresh().findLast(({ exitCode }) => exitCode !== 0);
  const words = failure ? { words: probeWords(failure), failingMs: probeMs(failure) } : {};
  if (!isHere()) return { seen: 'ended', afterMs: ms() };
  return { seen: watch.status === 'unhealthy' ? 'unhealthy' : 'healthy', afterMs: ms(), passed: passed(), ...words };
}

/** Why this engine will never call it healthy or not; undefined while it may. */
export const noProbes = ({ lab, watch, pace }: Ward): string | undefined =>
  watch.state && unscheduled(lab.engine, watch.state, pace);

/** Waits until it is called healthy; false when it is not in time. */
export async function untilWell(ward: Ward, withinMs = detectionMs(ward.pace) + 15_000): Promise<boolean> {
  const { lab, watch } = ward;
  const isWell = () => watch.running && watch.status === 'healthy';
  await lab.until(
    withinMs,
    async () => {
      await watch.look();
      return isWell() || noProbes(ward) !== undefined;
    },
    200,
  );
  return isWell();
}
