import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Answer } from './engine.ts';
import { findEngine } from './find-engine.ts';
import type { PrivateEngine } from './private-engine.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A socket: who connects gets an `Answer` as one line, when there is one. */
    engineDoor: string;
  }
}

/**
 * The first test that asks for an engine has one found or started, and all others get the same: a run without such
 * tests pays nothing.
 */
export default function setUpEngine(project: TestProject): () => Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-engine-'));
  const door = path.join(folder, 'door');
  let started: PrivateEngine | undefined;
  let asked: Promise<Answer> | undefined;
  const answer = () =>
    findEngine((line) => process.stdout.write(`${line}\n`)).then(({ running, ...found }) => {
      started = running;
      return found;
    });
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    asked ??= answer();
    asked.then((found) => socket.end(`${JSON.stringify(found)}\n`));
  });
  server.listen(door);
  project.provide('engineDoor', door);
  return async () => {
    await asked;
    await started?.stop();
    server.close();
    fs.rmSync(folder, { recursive: true, force: true });
  };
}
