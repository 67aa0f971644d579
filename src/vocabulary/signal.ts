/**
 * Linux's signals by name, as STOPSIGNAL and `stop_signal:` take them. Numbers from signal(7), x86 and ARM, which are the
 * ones moby's `signal` package uses on Linux.
 */
const numbers: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  IOT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  IO: 29,
  POLL: 29,
  PWR: 30,
  SYS: 31,
};

export interface Signal {
  /** `SIGTERM`; real-time ones `SIGRTMIN+3`. */
  readonly name: string;
  readonly number: number;
}

/** `SIGTERM`, `term`, `15`, `SIGRTMIN+3`. Undefined for what the engine refuses. */
export function parseSignal(text: string): Signal | undefined {
  if (/^\d+$/.test(text)) {
    const number = Number(text);
    return number >= 1 && number <= 64 ? { name: nameOf(number), number } : undefined;
  }
  const name = text.toUpperCase().replace(/^SIG/, '');
  const realTime = /^RT(?:(MIN)(?:\+(\d{1,2}))?|(MAX)(?:-(\d{1,2}))?)$/.exec(name);
  if (realTime) {
    const number = realTime[1] ? 34 + Number(realTime[2] ?? 0) : 64 - Number(realTime[4] ?? 0);
    return number >= 34 && number <= 64 ? { name: nameOf(number), number } : undefined;
  }
  const number = Object.hasOwn(numbers, name) ? numbers[name] : undefined;
  return number === undefined ? undefined : { name: nameOf(number), number };
}

function nameOf(number: number): string {
  const name = Object.keys(numbers).find((key) => numbers[key] === number);
  if (name) return `SIG${name}`;
  return number < 34 ? String(number) : `SIGRTMIN${number > 34 ? `+${number - 34}` : ''}`;
}
