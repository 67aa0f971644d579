import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openEngine } from './engine.ts';
import { makeStandIn } from './make-stand-ins.ts';
import { type Example, measure, type Sizes } from './measure.ts';
import { withSection } from '../section.ts';
import { sizesSection } from './page.ts';
import { standIns } from './stand-ins.ts';

/**
 * `npm run bench:images`: builds the naive examples before and after `fix --review` on a real engine, runs both, and
 * writes their sizes to `docs/benchmarks.md`. Needs root and Debian or Ubuntu with docker.io; a private engine is started
 * unless SEAWORTHY_ENGINE names one (`unix:///…`) that may hold stand-ins under public names.
 */
const examples: readonly Example[] = [
  { name: 'naive-go', port: 8080, path: '/count?text=all+hands+on+deck', answer: '{"words":4}' },
  { name: 'naive-node', port: 3000, path: '/count?text=all+hands+on+deck', answer: '{"words":4}' },
];
const root = path.dirname(path.dirname(import.meta.dirname));
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-image-size-'));
const cache = path.join(os.homedir(), '.cache', 'seaworthy', 'image-size');
fs.mkdirSync(cache, { recursive: true });
const say = (text: string) => process.stderr.write(`${text}\n`);
const engine = await openEngine();

try {
  const npmCache = path.join(cache, 'npm');
  fs.cpSync(path.join(root, 'examples/naive-node'), path.join(work, 'fill'), { recursive: true });
  // Not as part of the `npm run` that called us, whose settings and folder it would take over.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  execFileSync('npm', ['ci', '--cache', npmCache], { cwd: path.join(work, 'fill'), stdio: 'ignore', env });
  const there = engine.docker('images', '--format', '{{.Repository}}:{{.Tag}}').split('\n');
  for (const standIn of standIns) {
    if (there.includes(standIn.name)) continue;
    say(`${standIn.name}…`);
    makeStandIn(engine, standIn, cache, npmCache);
  }
  const bases = new Map(
    standIns.map(({ name }) => [name, Number(engine.docker('image', 'inspect', '-f', '{{.Size}}', name))]),
  );
  const sizes: Sizes[] = [];
  for (const example of examples) {
    say(`${example.name}…`);
    sizes.push(await measure(engine, root, example, work));
  }
  const section = sizesSection(sizes, bases, engine.docker('version', '-f', '{{.Server.Version}}'));
  const page = path.join(root, 'docs/benchmarks.md');
  fs.writeFileSync(page, withSection(fs.readFileSync(page, 'utf8'), section));
  process.stdout.write(section);
  if (sizes.some(({ before, after }) => !before.answered || !after.answered)) process.exitCode = 1;
} finally {
  engine.stop();
  fs.rmSync(work, { recursive: true, force: true });
}
