import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { newRun } from '../../src/engine/labels.ts';
import { askEngine } from '../house/engine/ask-engine.ts';
import { standInFor } from '../house/engine/stand-ins.ts';
import { byCompose, bySeaworthy } from './both-sides.ts';
import { differences } from './normalised.ts';

const fixtures = path.join(import.meta.dirname, 'parity');

test('parity', async () => {
  const engine = await askEngine();
  if (!engine) return;
  await standInFor(engine, 'alpine:3');
  const run = newRun({ purpose: 'test' });
  const connection = await Engine.connect({ environment: engine.env, run });
  const prefix = `swp${run.id}`;
  const names = fs.readdirSync(fixtures).filter((n) => !process.env.ONLY || process.env.ONLY.split(',').includes(n));
  const out: string[] = [];
  const began = Date.now();
  const one = async (name: string) => {
    const folder = path.join(fixtures, name);
    const theirs = await byCompose(engine, connection, folder, prefix);
    const ours = await bySeaworthy(connection, folder, prefix);
    if (!theirs.ok || !ours.ok)
      out.push(`${name}: theirs ${theirs.ok ? 'ok' : theirs.said} | ours ${ours.ok ? 'ok' : ours.said}`);
    else
      for (const d of differences(theirs.fields, ours.fields))
        out.push(`${name}: ${d.path}: C ${d.compose} S ${d.seaworthy}`);
  };
  const queue = [...names];
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let n = queue.shift(); n; n = queue.shift()) await one(n);
    }),
  );
  fs.writeFileSync('/tmp/stack-work/out.txt', out.sort().join('\n') + `\n${Date.now() - began} ms\n`);
  expect(1).toBe(1);
}, 600_000);
