/** Numbers of signals on Linux, on x86 and ARM alike (signal(7)). */
const numbers: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ABRT: 6,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  WINCH: 28,
  IO: 29,
  PWR: 30,
};

/** `SIGTERM`, `TERM` and `15` are 15; `SIGRTMIN+3` (systemd's) is 37. Undefined for what is no signal. */
export function signalNumber(name: string): number | undefined {
  if (/^\d+$/.test(name)) return Number(name);
  const bare = name.toUpperCase().replace(/^SIG/, '');
  const realTime = /^RTMIN(?:\+(\d{1,2}))?$/.exec(bare);
  if (realTime) return 34 + Number(realTime[1] ?? 0);
  return numbers[bare];
}

export function signalName(number: number): string {
  const name = Object.keys(numbers).find((key) => numbers[key] === number);
  return name === undefined ? `signal ${number}` : `SIG${name}`;
}

/** Signals in a mask as /proc has it (`SigCgt: 0000000180014a07`): bit 0 is signal 1. */
export function signalsIn(mask: string): readonly number[] {
  if (!/^[0-9a-f]{1,32}$/i.test(mask)) return [];
  const bits = BigInt(`0x${mask}`);
  return Array.from({ length: 64 }, (_, index) => index + 1).filter((signal) => (bits >> BigInt(signal - 1)) & 1n);
}
