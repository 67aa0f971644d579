import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { Duplex } from 'node:stream';
import { connectInside } from '../../src/inside/connect-inside.ts';
import type { LoadPart, LoadResult } from '../../src/inside/protocol.ts';
import { closedLoop } from './closed-loop.ts';

export interface Measured {
  readonly title: string;
  readonly rate: number;
  readonly seconds: number;
  readonly result: LoadResult;
  /** Of one core, from 0 to 1. */
  readonly driverShare: number;
  readonly serverShare: number;
  readonly peakMegabytes: number;
}

export interface Frozen {
  readonly open: LoadResult;
  /** Latencies in ms, ascending. */
  readonly closed: readonly number[];
}

const get = { method: 'GET', path: '/' };

/** One load on a server of its own, both in processes of their own; `during` is called when it has begun. */
export async function measure(
  root: string,
  title: string,
  parts: readonly LoadPart[],
  seconds: number,
  during: (port: number) => void = () => {},
): Promise<Measured> {
  const server = spawn(process.execPath, [path.join(import.meta.dirname, 'server.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const port = Number(String((await once(server.stdout, 'data'))[0]));
  const driver = spawn(process.execPath, [path.join(root, 'dist/inside.cjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const inside = await connectInside(Duplex.from({ readable: driver.stdout, writable: driver.stdin }));
    const load = (length: number) => inside.load({ host: '127.0.0.1', port, parts, seconds: length, timeoutMs: 5000 });
    // Code that is new runs slowly for the first thousand times.
    await (await load(2)).result;
    const before = [cpuSeconds(driver), cpuSeconds(server)] as const;
    const running = await load(seconds);
    during(port);
    const result = await running.result;
    const shares = [cpuSeconds(driver) - before[0], cpuSeconds(server) - before[1]].map((used) => used / seconds);
    const rate = parts.reduce((sum, part) => sum + part.rate, 0);
    const peakMegabytes = peakKilobytes(driver) / 1000;
    return { title, rate, seconds, result, driverShare: shares[0] ?? 0, serverShare: shares[1] ?? 0, peakMegabytes };
  } finally {
    driver.kill();
    server.kill();
  }
}

/** The same second of silence, seen by our driver and by one that waits for each answer before it asks again. */
export async function measureFrozen(root: string, rate: number, seconds: number): Promise<Frozen> {
  let closed: Promise<number[]> | undefined;
  const freeze = (port: number) =>
    setTimeout(() => void fetch(`http://127.0.0.1:${port}/freeze`).catch(() => {}), 2000);
  const { result } = await measure(
    root,
    'frozen',
    [{ kind: 'keep-alive', rate, request: get, connections: 10 }],
    seconds,
    freeze,
  );
  await measure(root, 'closed', [{ kind: 'tcp', rate: 1, request: get }], seconds + 1, (port) => {
    closed = closedLoop(port, 10, rate, seconds * 1000);
    freeze(port);
  });
  return { open: result, closed: (await closed) ?? [] };
}

/** User and system time of all threads; in ticks of 10 ms (proc_pid_stat(5), USER_HZ is 100 wherever Linux runs Node). */
function cpuSeconds({ pid }: ChildProcess): number {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function peakKilobytes({ pid }: ChildProcess): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
}
