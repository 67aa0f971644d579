import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { insideProgram } from '../../src/engine/inside-program.ts';
import { buildLibrary } from '../../tools/build/library.ts';
import { insideFile } from '../house/set-up-inside.ts';

const source = path.resolve(import.meta.dirname, '../../src/engine/inside-program.ts');

test('the sources find the program that the tests made', () => {
  expect(insideProgram()).toBe(fs.readFileSync(insideFile, 'utf8'));
});

test('the library finds the one beside it, and says so when there is none', async () => {
  // A name with all that an address would have to escape.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy # 100% é-'));
  try {
    const entry = path.join(folder, 'entry.ts');
    fs.writeFileSync(
      entry,
      `import { insideProgram } from ${JSON.stringify(source)};\nconsole.log(insideProgram());\n`,
    );
    await buildLibrary(entry, folder);
    fs.renameSync(path.join(folder, 'index.js'), path.join(folder, 'index.mjs'));
    const run = () => spawnSync(process.execPath, [path.join(folder, 'index.mjs')], { encoding: 'utf8' });
    expect(run().stderr).toContain("the helpers' program is missing");
    fs.writeFileSync(path.join(folder, 'inside.cjs'), 'the program');
    expect(run()).toMatchObject({ stdout: 'the program\n', stderr: '', status: 0 });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
