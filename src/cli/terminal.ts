import fs from 'node:fs';
import type { Terminal } from './command.ts';

/**
 * Standard output, written synchronously: a first `process.stdout.write` costs about 2 ms of a 60 ms run, and a report
 * must be whole before the exit code. A pipe that is full answers EAGAIN; one whose reader has gone, EPIPE.
 */
export function openTerminal(
  color: 'auto' | 'always' | 'never',
  env: Readonly<Record<string, string | undefined>>,
): Terminal {
  const isTerminal = isTty(1);
  const columns = isTerminal ? (process.stdout.columns ?? 80) : Number(env['COLUMNS'] ?? 80);
  return {
    write: (text) => writeAll(1, text),
    warn: (text) => writeAll(2, text),
    width: Math.min(120, Math.max(40, Number.isFinite(columns) && columns > 0 ? columns : 80)),
    color: wantsColor(color, env, isTerminal),
    unicode:
      env['SEAWORTHY_ASCII'] === undefined &&
      !/^(?:C|POSIX)$/.test(env['LC_ALL'] ?? env['LC_CTYPE'] ?? env['LANG'] ?? 'UTF-8'),
  };
}

/** https://no-color.org and FORCE_COLOR as Node and chalk have it. */
function wantsColor(
  color: 'auto' | 'always' | 'never',
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (color !== 'auto') return color === 'always';
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}

function isTty(descriptor: number): boolean {
  try {
    return fs.fstatSync(descriptor).isCharacterDevice() && process.stdout.isTTY === true;
  } catch {
    return false; // closed: nothing to colour
  }
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  let at = 0;
  while (at < bytes.length) {
    try {
      at += fs.writeSync(descriptor, bytes, at);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EAGAIN') {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
        continue;
      }
      // `seaworthy check | head`: the reader has seen enough. EIO: the terminal was closed, and there is work to end yet.
      if (code === 'EPIPE' || code === 'EIO') return;
      throw error;
    }
  }
}
