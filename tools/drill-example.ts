import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findEngine } from '../test/house/engine/find-engine.ts';
import { imagesNamedIn } from '../test/house/engine/images-named-in.ts';
import { standInFor } from '../test/house/engine/stand-ins.ts';

/**
 * `npm run drill:example [-- SERVICE or FLAG …]`: drills a copy of `examples/seaworthy`, with passwords made for it, with
 * what was built. Where no engine answers, one is set up as for the tests, with images that stand in for the public
 * ones; it is gone afterwards.
 */
const root = path.dirname(import.meta.dirname);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-example-'));
const example = path.join(folder, 'orders');
const wanted = process.argv.slice(2);

const answer = await findEngine(console.log);
if (!('engine' in answer)) {
  console.error('error' in answer ? answer.error : 'SEAWORTHY_ENGINE=none: a drill needs an engine');
  process.exit(3);
}
const { engine, running } = answer;
console.log(`On ${engine.title}`);
// Ctrl-C reaches the command as well, which tidies up and ends; only then may the engine go.
process.on('SIGINT', () => {});
try {
  fs.cpSync(path.join(root, 'examples/seaworthy'), example, { recursive: true });
  execFileSync(path.join(example, 'scripts/make-secrets.sh'));
  if (running) for (const name of imagesNamedIn(example)) await standInFor(engine, name);
  const build = engine.buildArguments.flatMap((word) => (word === '--build-arg' ? [] : ['--build-arg', word]));
  const words = ['dist/seaworthy.cjs', 'drill', '-C', example, ...build, ...(wanted.length > 0 ? wanted : ['api'])];
  const child = spawn(process.execPath, words, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...engine.env },
  });
  [process.exitCode] = await once(child, 'exit');
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
  await running?.stop();
}
