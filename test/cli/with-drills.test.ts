import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Values } from '../../src/cli/command.ts';
import { check } from '../../src/cli/commands/check.ts';
import { renderDrillJson } from '../../src/report/drills/json.ts';
import { report, result } from '../report/drills/some-report.ts';
import { buildProgram } from './program.ts';

let place: string;
beforeAll(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-with-drills-'));
  for (const name of ['a', 'b']) {
    fs.mkdirSync(path.join(place, name));
    fs.writeFileSync(
      path.join(place, name, 'compose.yaml'),
      `name: ${name}\nservices:\n  web:\n    image: nginx:1.27\n`,
    );
  }
  const write = (name: string, text: string) => fs.writeFileSync(path.join(place, name), text);
  const told = report({ project: 'a', drills: [result({ outcome: 'broke', summary: 'lost 39 of 1,675 requests' })] });
  write('drill.json', renderDrillJson(told, { version: '1.2.3' }));
  write('foreign.json', renderDrillJson(report({ drills: [result({ service: 'x' })] }), { version: '1.2.3' }));
  write('no.json', '{');
});
afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

async function run(values: Values, operands: readonly string[]) {
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  const out = { write, warn: write, width: 120, color: false, unicode: true };
  await check.run({ cwd: place, operands, values, out, env: {}, readStdin: () => '' });
  return text;
}

test('the lists tell what was proved, also of one project among several', async () => {
  const proved = 'drill graceful-stop broke: web: lost 39 of 1,675 requests';
  for (const operands of [['a'], ['a', 'b']])
    expect(await run({ checklist: true, 'with-drills': 'drill.json' }, operands)).toContain(proved);
});

test('and where several threads judge', async () => {
  const program = await buildProgram();
  const threads = ['--jobs', '2', 'a', 'b'];
  const { stdout } = program.run(['check', '--checklist', '--with-drills', 'drill.json', ...threads], {
    cwd: place,
    env: { COLUMNS: '120' },
  });
  program.remove();
  expect(stdout).toContain('drill graceful-stop broke: web: lost 39 of 1,675 requests');
}, 60_000);

test.each([
  ['gone.json', 'cannot be read'],
  ['no.json', 'is no drill report: it is not JSON'],
  ['foreign.json', 'is of other services: x'],
])('%s: it %s', async (name, message) => {
  await expect(run({ 'with-drills': name }, ['a'])).rejects.toMatchObject({
    code: 'bad-config',
    message: expect.stringContaining(message),
  });
});
