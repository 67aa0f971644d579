import { type ChildProcess, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { Inside } from '../../src/inside/client.ts';
import { connectInside } from '../../src/inside/connect-inside.ts';
import { insideFile } from '../house/set-up-inside.ts';

/** The helper's program as it would run in a container, started here. */
export async function helper(): Promise<{ readonly inside: Inside; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, [insideFile], { stdio: ['pipe', 'pipe', 'inherit'] });
  const inside = await connectInside(Duplex.from({ readable: child.stdout, writable: child.stdin }));
  return { inside, child };
}
