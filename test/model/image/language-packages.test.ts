import { expect, test } from 'vitest';
import { languageCommand } from '../../../src/model/image/language-packages.ts';
import { programOf } from '../../../src/model/image/programs.ts';
import { parseShell } from '../../../src/read/shell/parse.ts';

const commandOf = (text: string) => {
  const [command] = parseShell(text, (start, end) => ({ file: 'Dockerfile', start, end })).commands;
  if (!command) throw new Error(`no command in ${text}`);
  return command;
};

test.each([
  ['npm ci --omit=dev', 'npm', 'npm', 'ci', []],
  ['pip3.12 install -r requirements.txt gunicorn', 'pip', 'pip3.12', 'install', ['gunicorn']],
  ['python3 -u -m pip install flask', 'pip', 'python3 -m pip', 'install', ['flask']],
  ['sudo -H pip install flask', 'pip', 'pip', 'install', ['flask']],
  ['uv pip install --no-cache flask', 'uv', 'uv', 'pip install', ['flask']],
  ['corepack pnpm install', 'pnpm', 'corepack pnpm', 'install', []],
  ['php composer.phar install --no-dev', 'composer', 'php composer.phar', 'install', []],
  ['go mod download', 'go', 'go', 'mod download', []],
  ['yarn', 'yarn', 'yarn', '', []],
  ['yarn cache clean', 'yarn', 'yarn', 'cache clean', []],
  ['./gradlew bootJar', 'gradle', 'gradlew', 'bootJar', []],
] as const)('%s', (text, manager, program, verb, operands) => {
  const run = languageCommand(commandOf(text));
  expect(run && [run.manager, run.program, run.verb, run.operands.map((word) => word.text)]).toEqual([
    manager,
    program,
    verb,
    operands,
  ]);
});

test.each(['apt-get install npm', 'python3 -m venv /venv', 'python3 app.py -m pip', 'echo npm install'])(
  'none: %s',
  (text) => {
    expect(languageCommand(commandOf(text))).toBeUndefined();
  },
);

test('a program behind its wrappers', () => {
  const { name, path, through, args } = programOf(commandOf('sudo -E env A=b /usr/bin/curl -fsS https://a.example'));
  expect([name, path?.text, through, args.map((word) => word.text)]).toEqual([
    'curl',
    '/usr/bin/curl',
    ['sudo', 'env'],
    ['-fsS', 'https://a.example'],
  ]);
});
