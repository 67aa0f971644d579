/** Signals by name without `SIG`, with Linux's numbers, as github.com/moby/sys/signal has them. */
const numbers: Readonly<Record<string, number>> = {
  ABRT: 6,
  ALRM: 14,
  BUS: 7,
  CHLD: 17,
  CLD: 17,
  CONT: 18,
  FPE: 8,
  HUP: 1,
  ILL: 4,
  INT: 2,
  IO: 29,
  IOT: 6,
  KILL: 9,
  PIPE: 13,
  POLL: 29,
  PROF: 27,
  PWR: 30,
  QUIT: 3,
  SEGV: 11,
  STKFLT: 16,
  STOP: 19,
  SYS: 31,
  TERM: 15,
  TRAP: 5,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  USR1: 10,
  USR2: 12,
  VTALRM: 26,
  WINCH: 28,
  XCPU: 24,
  XFSZ: 25,
};

// Go's runtime and moby agree on 34 for RTMIN: glibc keeps 32 and 33 for itself.
const realTimeMinimum = 34;
const realTimeMaximum = 64;

export interface Signal {
  readonly number: number;
  /** `SIGTERM`; undefined for a number that has no name. */
  readonly name: string | undefined;
  /** False for SIGKILL and SIGSTOP: the program cannot act on them. */
  readonly catchable: boolean;
}

/**
 * Reads a STOPSIGNAL or `stop_signal` as Docker does (moby/sys/signal ParseSignal): a number other than 0, or a name in
 * any case, with or without `SIG`. Undefined where Docker says `invalid signal`.
 */
export function parseSignal(text: string): Signal | undefined {
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : numberOf(text.toUpperCase().replace(/^SIG/, ''));
  if (number === undefined || number === 0) return undefined;
  const name = Object.keys(numbers).find((candidate) => numbers[candidate] === number);
  return {
    number,
    name: name === undefined ? realTimeName(number) : `SIG${name}`,
    catchable: number !== 9 && number !== 19,
  };
}

function numberOf(name: string): number | undefined {
  if (Object.hasOwn(numbers, name)) return numbers[name];
  const realTime = /^RT(MIN|MAX)(?:([+-])(\d{1,2}))?$/.exec(name);
  if (!realTime) return undefined;
  const [, end, sign, distance = '0'] = realTime;
  // The table counts up to RTMIN+15 and down to RTMAX-14, so that no signal has two names.
  if (end === 'MIN') return sign !== '-' && Number(distance) <= 15 ? realTimeMinimum + Number(distance) : undefined;
  return sign !== '+' && Number(distance) <= 14 ? realTimeMaximum - Number(distance) : undefined;
}

function realTimeName(number: number): string | undefined {
  if (number < realTimeMinimum || number > realTimeMaximum) return undefined;
  const up = number - realTimeMinimum;
  const down = realTimeMaximum - number;
  if (up <= 15) return up === 0 ? 'SIGRTMIN' : `SIGRTMIN+${up}`;
  return down === 0 ? 'SIGRTMAX' : `SIGRTMAX-${down}`;
}
