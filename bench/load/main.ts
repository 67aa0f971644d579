import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { LoadKind } from '../../src/inside/protocol.ts';
import { withSection } from '../section.ts';
import { measure, measureFrozen } from './measure.ts';
import { loadSection } from './page.ts';

/** `npm run bench:load [-- --quick]`: what the load driver can do and costs, written to `docs/benchmarks.md`. Needs a build, and Linux. */
const root = path.resolve(import.meta.dirname, '../..');
const seconds = process.argv.includes('--quick') ? 3 : 10;
const part = (kind: LoadKind, rate: number) => ({
  kind,
  rate,
  request: { method: 'GET', path: '/' },
  connections: 50,
  slowMs: 100,
});
const loadBefore = os.loadavg()[0] ?? 0;
const rows = [];
for (const [title, parts] of [
  ['on 50 connections', [part('keep-alive', 2000)]],
  ['on 50 connections', [part('keep-alive', 5000)]],
  ['a connection each', [part('fresh', 2000)]],
  ['of both kinds, and slow ones', [part('keep-alive', 1200), part('fresh', 600), part('slow', 200)]],
] as const)
  rows.push(await measure(root, title, parts, seconds));
const rate = 1000;
const frozen = await measureFrozen(root, rate, 10);

const section = loadSection(rows, frozen, rate, loadBefore);
const page = path.join(root, 'docs/benchmarks.md');
fs.writeFileSync(page, withSection(fs.readFileSync(page, 'utf8'), section));
process.stdout.write(section);
