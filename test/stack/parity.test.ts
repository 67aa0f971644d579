import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { newRun } from '../../src/engine/labels.ts';
import { sweep } from '../../src/engine/sweep.ts';
import { isOlder } from '../../src/stack/newer-features.ts';
import { askEngine } from '../house/engine/ask-engine.ts';
import { run } from '../house/engine/run.ts';
import { standInFor } from '../house/engine/stand-ins.ts';
import { canBeBatched, partOf, writeBatch } from './batch.ts';
import { byCompose, bySeaworthy, type Made } from './both-sides.ts';
import { type KnownDifference, knownDifferences, mayBeRefused, onlyOurs } from './known-differences.ts';
import { type Difference, differences, matches } from './normalised.ts';

const fixtures = path.join(import.meta.dirname, 'parity');
const folderOf = (name: string) => path.join(fixtures, name);
const names = fs.readdirSync(fixtures).sort();
const batched = names.filter((name) => !(name in mayBeRefused) && canBeBatched(folderOf(name)));

/** Both sides of every fixture: the fields by which they can be compared, or what the engine said. */
const made = new Map<string, { readonly theirs: Made; readonly ours: Made }>();

describe.skipIf(process.env['SEAWORTHY_ENGINE'] === 'none')(
  'a Compose file started by Docker Compose and by Seaworthy',
  () => {
    let connection: Engine | undefined;
    let leftOut = '';

    beforeAll(async () => {
      const engine = await askEngine();
      if (!engine) return;
      const env = { ...process.env, ...engine.env };
      const compose = (await run(engine.docker, ['compose', 'version', '--short'], { env })).out.trim();
      if (!/^v?2\.26\./.test(compose)) {
        leftOut = `compared with Docker Compose 2.26 only; here is ${compose || 'none'}`;
        process.stdout.write(`Parity is left out: ${leftOut}\n`);
        return;
      }
      await standInFor(engine, 'alpine:3');
      const on = await Engine.connect({ environment: engine.env, run: newRun({ purpose: 'test' }) });
      connection = on;
      const prefix = `swp${on.run.id}`;
      const both = async (folder: string, name: string) => ({
        theirs: await byCompose(engine, on, folder, `${prefix}-${name}-c`),
        ours: await bySeaworthy(on, folder, `${prefix}-${name}-s`),
      });
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-parity-'));
      writeBatch(folder, batched.map(folderOf));
      const { theirs, ours } = await both(folder, 'batch');
      fs.rmSync(folder, { recursive: true });
      const part = (side: Made, name: string): Made =>
        side.ok ? { ok: true, fields: partOf(side.fields, name) } : side;
      for (const name of batched) made.set(name, { theirs: part(theirs, name), ours: part(ours, name) });
      const alone = names.filter((name) => !batched.includes(name));
      const worker = async () => {
        for (let name = alone.shift(); name !== undefined; name = alone.shift())
          made.set(name, await both(folderOf(name), name));
      };
      await Promise.all([worker(), worker(), worker(), worker()]);
    }, 900_000);

    afterAll(async () => {
      if (connection) await sweep(connection, 'mine');
    });

    for (const name of names)
      test(name, ({ skip }) => (leftOut === '' ? compare(name, connection!.info.apiVersion) : skip(leftOut)));
  },
);

function compare(name: string, apiVersion: string): void {
  const { theirs, ours } = made.get(name)!;
  if (!theirs.ok) {
    expectRefusal(name, theirs.said, ours);
    return;
  }
  if (!ours.ok) throw new Error(`Seaworthy could not: ${ours.said}`);
  // Both empty would be equal, too.
  expect(theirs.fields.size).toBeGreaterThan(name === 'profiles' ? 0 : 100);
  const found = differences(theirs.fields, ours.fields);
  const rows = knownDifferences.filter(
    ({ fixture, since }) => fixture === name && !(since && isOlder(apiVersion, since)),
  );
  expect(found.filter((one) => !rows.some((row) => covers(row, one)))).toEqual([]);
  for (const row of rows)
    expect(
      found.some((one) => covers(row, one)),
      `no longer true: ${row.because}`,
    ).toBe(true);
}

function expectRefusal(name: string, said: string, ours: Made): void {
  if (name in onlyOurs) {
    expect(ours.ok, onlyOurs[name]).toBe(true);
    return;
  }
  expect(mayBeRefused[name], said).toBeDefined();
  const words = /Error response from daemon: (.*)/.exec(said)?.[1] ?? said;
  expect(ours.ok ? 'made' : ours.said).toContain(words);
  process.stdout.write(`${name} is not compared on this engine: ${mayBeRefused[name]}\n`);
}

function covers({ path }: KnownDifference, difference: Difference): boolean {
  const place = difference.path.slice(difference.path.indexOf(' ') + 1);
  return matches(path, place.split('.'));
}
