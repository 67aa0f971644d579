import type { Evidence } from '../../vocabulary/drill.ts';
import { printDuration } from '../../vocabulary/duration.ts';
import { broke, held, inconclusive, type Told } from '../drill.ts';
import { shownSeconds } from '../shown-seconds.ts';
import type { CpuTimes } from './crowd.ts';
import { type HealthPace, patienceMs, shownPace } from './health-pace.ts';

/** One start of the service. */
export interface Boot extends CpuTimes {
  readonly which: 'first' | 'again' | 'half a core';
  /** From the start until its port took connections; undefined where it did not, or has none. */
  readonly openMs: number | undefined;
  /** From the start until its health test first passed; undefined where it did not. */
  readonly healthyMs: number | undefined;
  /** When the engine called it unhealthy, where it did before. */
  readonly gaveUpMs: number | undefined;
  readonly restarts: number;
  /** Why the engine tells no health at all. */
  readonly noProbes?: string;
  /** What its health test said last, where it never passed. */
  readonly because?: string;
}

export interface Boots {
  readonly boots: readonly Boot[];
  /** With half a core, where the file sets no limit. */
  readonly scarce: Boot | undefined;
  readonly pace: HealthPace;
  /** The file's limit. */
  readonly cpus: number | undefined;
  /** Why this machine was too busy for times to mean much. */
  readonly crowd: string | undefined;
}

export function judgeBoots({ boots, scarce, pace, cpus, crowd }: Boots): Told {
  const patience = patienceMs(pace);
  const times = boots.flatMap(({ healthyMs }) => healthyMs ?? []);
  const worst = Math.max(0, ...times);
  const evidence: Evidence[] = [
    { name: 'boots until healthy', value: boots.map(shownBoot) },
    ...(times.length > 0 ? [{ name: 'slowest boot', value: Math.round(worst / 10) / 100, unit: 's' }] : []),
    { name: 'the engine gives up after', value: Math.round(patience / 100) / 10, unit: 's' },
    { name: 'health check', value: shownPace(pace) },
    ...(cpus === undefined ? [] : [{ name: 'CPU limit', value: cpus, unit: 'cores' }]),
    ...(scarce ? [{ name: 'boot with half a core', value: shownBoot(scarce) }] : []),
  ];
  const gaveUp = boots.find(({ gaveUpMs, healthyMs }) => gaveUpMs !== undefined && (healthyMs ?? Infinity) > gaveUpMs);
  const startPeriod = `start_period ${printDuration(pace.startPeriodMs)}`;
  // Before all else: what we saw by ourselves says nothing of when the engine would have given up.
  const noProbes = boots.find((boot) => boot.noProbes !== undefined)?.noProbes;
  if (noProbes !== undefined) return inconclusive(noProbes, { evidence });
  if (times.length === 0) {
    const [first] = boots;
    // It came up, later than its health check waits, and the check itself is too slow for what CPU there is.
    if (first?.gaveUpMs !== undefined && first.openMs !== undefined && aloneMs(first, crowd) > patience)
      return broke(
        `Its port was open after ${shownSeconds(first.openMs)}, and it was called unhealthy after ${shownSeconds(first.gaveUpMs)} (${startPeriod})`,
        { evidence, advice: [`start_period: ${enough(first.openMs)}s`] },
      );
    return inconclusive(`It was never healthy: ${first?.because ?? 'nobody knows why'}`, { evidence });
  }
  const advice = [`start_period: ${enough(worst)}s`];
  const alone = Math.max(...boots.map((boot) => aloneMs(boot, crowd)));
  // Its own work under its own limit takes so long on any machine.
  const least = Math.max(...boots.map(({ usedMs }) => usedMs)) / Math.min(1, cpus ?? 1);
  const isOurs = least <= patience && (alone <= patience || (crowd !== undefined && alone <= 2 * patience));
  if (isOurs && (gaveUp || worst > patience))
    return inconclusive(
      `It needed ${shownSeconds(worst)} to be healthy, on a machine that is too busy to blame it${crowd ? ` (${crowd})` : ''}`,
      { evidence },
    );
  if (gaveUp?.gaveUpMs !== undefined)
    return broke(
      `It needs ${shownSeconds(worst)} to be healthy, and was called unhealthy after ${shownSeconds(gaveUp.gaveUpMs)} (${startPeriod})`,
      { evidence, advice },
    );
  if (worst > patience)
    return broke(
      `It needs ${shownSeconds(worst)} to be healthy, and its health check gives up after ${shownSeconds(patience)} (${startPeriod})`,
      { evidence, advice },
    );
  if (times.length < boots.length)
    return inconclusive(`It was healthy in ${times.length} of ${boots.length} boots`, { evidence });
  const isTight = crowd === undefined && worst > Math.min(0.7 * patience, pace.startPeriodMs || Infinity);
  const isTightWhenScarce = (scarce?.healthyMs ?? 0) > 0.7 * patience;
  return held(
    `It is healthy ${shownSeconds(worst)} after its start at the latest; its health check waits ${shownSeconds(patience)} (${startPeriod})`,
    { evidence, advice: isTight ? advice : isTightWhenScarce ? [`start_period: ${enough(scarce!.healthyMs!)}s`] : [] },
  );
}

/** How long it takes on a machine of its own, at least: where all is slow, so are probes, and its open port must do. */
function aloneMs({ openMs = Infinity, healthyMs = Infinity, hinderedMs }: Boot, crowd: string | undefined): number {
  const ms = crowd === undefined && healthyMs !== Infinity ? healthyMs : Math.min(openMs, healthyMs);
  return ms === Infinity ? 0 : Math.max(0, ms - hinderedMs);
}

/** Twice what was seen, in steps of five seconds: tomorrow's machine is busier. */
const enough = (ms: number) => Math.max(5, Math.ceil((2 * ms) / 5000) * 5);

function shownBoot({ which, openMs, healthyMs, gaveUpMs, restarts, hinderedMs }: Boot): string {
  const gave = gaveUpMs === undefined ? '' : `, called unhealthy after ${shownSeconds(gaveUpMs)}`;
  const again = restarts > 0 ? `, ${restarts} restarts` : '';
  const open = openMs === undefined ? '' : ` (port open after ${shownSeconds(openMs)})`;
  const waited = hinderedMs > 500 ? `, others had its CPU for ${shownSeconds(hinderedMs)}` : '';
  return `${which}: ${healthyMs === undefined ? 'never' : shownSeconds(healthyMs)}${open}${gave}${again}${waited}`;
}
