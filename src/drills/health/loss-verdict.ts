import { broke, held, inconclusive, type Told } from '../drill.ts';
import { shownSeconds } from '../shown-seconds.ts';

/** One dependency away for a while, and what the service did. */
export interface Loss {
  readonly dependency: string;
  readonly how: 'killed' | 'cut off';
  /** `GET /orders`: how it was asked. */
  readonly askedBy: string;
  /** It did its work before; else nothing can be told. */
  readonly servedBefore: boolean;
  /** It passed its health test before. */
  readonly testedBefore?: boolean;
  readonly awayMs: number;
  /** Looks while it was away, and how many were answered well. */
  readonly looks: number;
  readonly answered: number;
  /** The longest that an answer, or an error, took meanwhile. */
  readonly slowestMs: number;
  /** Restarts of the service from the loss until it served again, or was given up. */
  readonly restarts: number;
  /** It ended, and nothing started it again. */
  readonly isDown: boolean;
  /** From the return of the dependency until it served again; undefined where it did not. */
  readonly recoveredMs: number | undefined;
  /** How long it was waited for. */
  readonly waitedMs: number;
  /** The end of its log, where something is wrong. */
  readonly lastWords: string;
  /** Why it could not be done. */
  readonly notDone?: string;
}

/** Twice is a loop: it came up, found the dependency still away, and ended once more. */
const loop = 2;

export function judgeLoss(losses: readonly Loss[]): Told {
  const evidence = losses.flatMap((loss) => [
    { name: `${loss.dependency} ${loss.how}`, value: shownLoss(loss) },
    ...(isFault(loss) && loss.lastWords !== '' ? [{ name: 'last log lines', value: loss.lastWords.split('\n') }] : []),
  ]);
  const fault = losses.find(isFault);
  if (fault) {
    const after = `after ${fault.dependency} was ${fault.how}`;
    const [says, advice] = fault.isDown
      ? [`It ended ${after}, and nothing started it again`, 'restart: unless-stopped']
      : fault.recoveredMs === undefined
        ? [
            `${fault.askedBy === 'its health test' ? 'It fails its health test' : 'It does not serve'} ${shownSeconds(fault.waitedMs)} after ${fault.dependency} is back (${fault.how} for ${shownSeconds(fault.awayMs)}; ${fault.restarts} restarts)`,
            `its client of ${fault.dependency} must connect again by itself, with a timeout`,
          ]
        : [
            `It crash-loops ${after}: ${fault.restarts} restarts in ${shownSeconds(fault.awayMs)}`,
            `it should start, and stay up, while ${fault.dependency} is away, and try again with growing pauses`,
          ];
    return broke(says, { evidence, advice: [advice] });
  }
  const told = losses.filter(({ servedBefore, notDone }) => servedBefore && notDone === undefined);
  if (losses.length === 0) return inconclusive('None of the services that it depends on keeps running', { evidence });
  if (told.length === 0)
    return inconclusive(losses[0]?.notDone ?? 'It did not serve before anything was done to it', { evidence });
  const slowest = Math.max(...told.map(({ recoveredMs = 0 }) => recoveredMs));
  const names = [...new Set(told.map(({ dependency }) => dependency))].join(', ');
  const hung = told.find(({ slowestMs }) => slowestMs >= 4900);
  return held(`It outlived the loss of ${names}: it served again within ${shownSeconds(slowest)} of its return`, {
    evidence,
    advice: hung ? [`a timeout below 5 s on calls to ${hung.dependency}: while it is ${hung.how}, requests hang`] : [],
  });
}

function isFault(loss: Loss): boolean {
  if (!loss.servedBefore || loss.notDone !== undefined) return false;
  return loss.isDown || loss.recoveredMs === undefined || loss.restarts >= loop;
}

function shownLoss(loss: Loss): string {
  if (loss.notDone !== undefined) return `not done: ${loss.notDone}`;
  if (!loss.servedBefore) return 'it did not serve before';
  const again =
    loss.recoveredMs === undefined
      ? `not serving ${shownSeconds(loss.waitedMs)} later`
      : `serving ${shownSeconds(loss.recoveredMs)} after its return`;
  return `away for ${shownSeconds(loss.awayMs)}: ${loss.answered} of ${loss.looks} looks (${loss.askedBy}) answered, the slowest after ${shownSeconds(loss.slowestMs)}; ${loss.restarts} restarts; ${again}`;
}
