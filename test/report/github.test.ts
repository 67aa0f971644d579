import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderGithub } from '../../src/report/github.ts';
import { severities } from '../../src/vocabulary/severity.ts';
import { extras, someVerdict } from './some-verdict.ts';
import { finding, Source, verdict } from './verdicts.ts';

/** As the runner reads a line: the command, its properties unescaped, its message unescaped. */
function parse(line: string) {
  const match = /^::(error|warning|notice)(?: ([^:]*))?::(.*)$/.exec(line);
  if (!match) return undefined;
  const plain = (text: string) =>
    text.replace(/%(0D|0A|3A|2C|25)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const properties = (match[2] ?? '').split(',').filter(Boolean);
  return {
    level: match[1],
    message: plain(match[3] ?? ''),
    ...Object.fromEntries(
      properties.map((property) => {
        const at = property.indexOf('=');
        return [property.slice(0, at), plain(property.slice(at + 1))];
      }),
    ),
  };
}

const source = new Source('api/Dockerfile', 'FROM node\nUSER root\n');
const one = (fields: object = {}) =>
  finding({ rule: 'dockerfile/x', message: 'Wrong', ...source.at(2, 'root'), ...fields });

test('written down', () => {
  const text = renderGithub(
    verdict({ findings: [one({ severity: 'medium', confidence: 'guess' })], files: ['api/Dockerfile'] }),
    extras,
  );
  expect(text).toBe(
    '::warning file=api/Dockerfile,line=2,endLine=2,col=6,endColumn=9,title=dockerfile/x (medium%2C guess)::Wrong\n' +
      'seaworthy: 1 finding: 1 medium in 1 file\n',
  );
});

test('any verdict gives one command on a line, and none that it did not mean', () => {
  fc.assert(
    fc.property(someVerdict, (some) => {
      const text = renderGithub(some, extras);
      expect(text.endsWith('\n')).toBe(true);
      const lines = text.slice(0, -1).split(/\r\n|\r|\n/);
      const commands = lines.slice(0, -1).map(parse);
      expect(commands).toHaveLength(some.failures.length + some.unread.length + some.findings.length);
      expect(commands).not.toContain(undefined);
      expect(lines.at(-1)).toMatch(/^seaworthy: /);
      const files = commands.flatMap((command) => (command && 'file' in command ? [command.file] : []));
      const meant = some.findings.map(({ file }) => file).filter((file) => file !== '');
      expect(files.toSorted()).toEqual(meant.toSorted());
    }),
  );
});

test('worst first, and ten rules before ten times one rule', () => {
  const findings = [
    ...Array.from({ length: 12 }, () => one({ rule: 'a/often', severity: 'high' })),
    one({ rule: 'a/low', severity: 'low' }),
    one({ rule: 'a/once', severity: 'high' }),
    one({ rule: 'a/worst', severity: 'critical' }),
  ];
  const text = renderGithub(verdict({ findings, unread: [{ path: 'x', reason: 'too large' }] }), extras);
  const titles = text.split('\n').map((line) => (parse(line) as { title?: string } | undefined)?.title);
  expect(titles.slice(0, 5)).toEqual([
    'Not looked at',
    'a/worst (critical)',
    'a/often (high)',
    'a/once (high)',
    'a/often (high)',
  ]);
  expect(titles.at(-3)).toBe('a/low (low)');
  expect(text).toContain('first 10 of each kind');
});

test('each severity has a level', () => {
  const told = severities.map((severity) =>
    parse(renderGithub(verdict({ findings: [one({ severity })] }), extras).split('\n')[0] ?? ''),
  );
  expect(told.map((command) => command?.level)).toEqual(['error', 'error', 'warning', 'notice']);
});
