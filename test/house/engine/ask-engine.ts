import net from 'node:net';
import { inject } from 'vitest';
import type { Answer, Engine } from './engine.ts';

/** The engine of this test run, once it is ready; undefined only where `SEAWORTHY_ENGINE=none` says so. */
export async function askEngine(): Promise<Engine | undefined> {
  const answer = await new Promise<Answer>((resolve, reject) => {
    let text = '';
    const socket = net.connect(inject('engineDoor'));
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', reject);
    socket.on('end', () => resolve(JSON.parse(text)));
  });
  if ('error' in answer) throw new Error(answer.error);
  return 'none' in answer ? undefined : answer.engine;
}
