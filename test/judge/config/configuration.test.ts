import { describe, expect, test } from 'vitest';
import { type CheckOptions, check } from '../../../src/index.ts';

const today = '2026-11-21';
const logs = 'compose/unbounded-logs';
const two = 'services:\n  a:\n    image: redis:8.2\n  b:\n    image: redis:8.2\n';

/** `a`, `b`: services with findings of that rule, and the suppressed ones. */
async function services(files: Record<string, string>, options: CheckOptions = {}, rule = logs) {
  const verdict = await check({ files }, { today, ...options });
  expect(verdict.failures).toEqual([]);
  const names = (list: typeof verdict.findings = []) =>
    list.filter((one) => one.rule === rule).flatMap((one) => one.services ?? one.service ?? '');
  return { found: names(verdict.findings), suppressed: names(verdict.suppressed), verdict };
}

const file = (text: string, compose = two) => ({ 'compose.yaml': compose, 'seaworthy.yaml': text });

describe('ignore', () => {
  test.each([
    ['a rule', `[{ rule: ${logs}, reason: why }]`, []],
    ['a rule of one service', `[{ rule: ${logs}, service: a, reason: why }]`, ['b']],
    ['of several services', `[{ rule: [x/y-z, ${logs}], service: [a, b], reason: why }]`, []],
    ['by path', `[{ rule: ${logs}, path: '*.yaml', reason: why }]`, []],
    ['by another path', `[{ rule: ${logs}, path: [api, '**/x.yaml'], reason: why }]`, ['a', 'b']],
    ['until today', `[{ rule: ${logs}, reason: why, until: ${today} }]`, []],
    ['until yesterday', `[{ rule: ${logs}, reason: why, until: 2026-11-20 }]`, ['a', 'b']],
    ['without a reason', `[{ rule: ${logs} }]`, ['a', 'b']],
  ])('%s', async (_name, entries, left) => {
    const { found, suppressed } = await services(file(`ignore: ${entries}\n`));
    expect(found).toEqual(left);
    expect([...found, ...suppressed].sort()).toEqual(['a', 'b']);
  });

  test('says by what, why, until when and where', async () => {
    const text = `ignore:\n  - rule: ${logs}\n    service: a\n    reason: the host rotates\n    until: 2027-01-31\n`;
    const { verdict } = await services(file(text));
    expect(verdict.suppressed).toHaveLength(1);
    expect(verdict.suppressed?.[0]).toMatchObject({
      rule: logs,
      service: 'a',
      by: 'config',
      reason: 'the host rotates',
      until: '2027-01-31',
      at: 'seaworthy.yaml:2',
    });
    expect(verdict.files).toEqual(['compose.yaml']);
  });

  test('an entry that meets nothing is told, at its place', async () => {
    const text = `ignore:\n  - rule: ${logs}\n    service: a\n    reason: why\n  - rule: ${logs}\n    service: gone\n    reason: why\n`;
    const { verdict } = await services(file(text));
    const idle = verdict.findings.filter(({ rule }) => rule === 'project/unused-suppression');
    expect(idle.map((one) => `${one.file}:${one.span.start.line} ${one.severity}`)).toEqual(['seaworthy.yaml:5 low']);
  });
});

describe('rules', () => {
  test('switched off with a reason: what it says is suppressed, and not called unused', async () => {
    const { found, suppressed, verdict } = await services(
      file(
        `rules:\n  ${logs}: { enabled: false, reason: journald }\n  dockerfile/sudo-in-run: { enabled: false, reason: x }\n`,
      ),
    );
    expect([found, suppressed]).toEqual([[], ['a', 'b']]);
    expect(verdict.suppressed?.[0]).toMatchObject({ by: 'config', reason: 'journald', at: 'seaworthy.yaml:2' });
    expect(verdict.findings.map(({ rule }) => rule)).not.toContain('project/unused-suppression');
  });

  test('opt-in ones switched on', async () => {
    const opt = 'dockerfile/unpinned-apt-packages';
    const files = { Dockerfile: 'FROM debian:13\nRUN apt-get update && apt-get install -y curl\n' };
    const count = async (text: string) => {
      const verdict = await check({ files: { ...files, 'seaworthy.yaml': text } }, { today });
      return verdict.findings.filter(({ rule }) => rule === opt).map(({ severity }) => severity);
    };
    expect(await count('')).toEqual([]);
    expect(await count(`rules: { ${opt}: on }`)).toHaveLength(1);
    expect(await count(`rules: { ${opt}: critical }`)).toEqual(['critical']);
    expect(await count(`rules: { ${opt}: { enabled: true, severity: high } }`)).toEqual(['high']);
  });

  test('another severity, and another again for one service', async () => {
    const compose = two.replace('  b:\n', `  b:\n    x-seaworthy: { rules: { ${logs}: critical } }\n`);
    const { verdict } = await services(file(`rules: { ${logs}: low }\n`, compose));
    const told = verdict.findings
      .filter(({ rule }) => rule === logs)
      .map(({ service, severity }) => `${service} ${severity}`);
    expect(told).toEqual(['a low', 'b critical']);
  });
});

describe('x-seaworthy', () => {
  const inA = (text: string) => ({ 'compose.yaml': two.replace('  a:\n', `  a:\n    x-seaworthy: ${text}\n`) });

  test('is about its service', async () => {
    const { found, suppressed, verdict } = await services(inA(`{ ignore: [{ rule: ${logs}, reason: why }] }`));
    expect([found, suppressed]).toEqual([['b'], ['a']]);
    expect(verdict.suppressed?.[0]).toMatchObject({ by: 'config', at: 'compose.yaml:3' });
  });

  test('switches rules off for it', async () => {
    const { found } = await services(inA(`{ rules: { ${logs}: { enabled: false, reason: why } } }`));
    expect(found).toEqual(['b']);
  });

  test('comes along with `extends` and from other files', async () => {
    const files = {
      'compose.yaml': 'services:\n  a:\n    extends: { file: base.yaml, service: base }\n    image: redis:8.2\n',
      'base.yaml': `services:\n  base:\n    x-seaworthy: { ignore: [{ rule: ${logs}, reason: why }] }\n    image: redis:8.2\n`,
    };
    const { found, verdict } = await services(files);
    expect(found).toEqual([]);
    expect(verdict.suppressed?.find(({ rule }) => rule === logs)?.at).toBe('base.yaml:3');
  });
});

describe('where it is looked for', () => {
  test('.seaworthy.yaml will do; beside the Compose file comes first', async () => {
    const ignore = (service: string) => `ignore: [{ rule: ${logs}, service: ${service}, reason: why }]\n`;
    expect((await services({ 'compose.yaml': two, '.seaworthy.yaml': ignore('a') })).found).toEqual(['b']);
    const below = { 'deploy/compose.yaml': two, 'deploy/seaworthy.yaml': ignore('a'), 'seaworthy.yaml': ignore('b') };
    expect((await services(below, { composeFiles: ['deploy/compose.yaml'] })).found).toEqual(['b']);
    const above = { 'deploy/compose.yaml': two, 'seaworthy.yaml': ignore('b') };
    expect((await services(above, { composeFiles: ['deploy/compose.yaml'] })).found).toEqual(['a']);
  });

  test('an object stands in its place; `false` is none, of services neither', async () => {
    const all = { ignore: [{ rule: logs, reason: 'why' }] };
    const files = file(`ignore: [{ rule: ${logs}, service: a, reason: why }]\n`);
    expect((await services(files, { config: {} })).found).toEqual(['a', 'b']);
    const { found, verdict } = await services(files, { config: all });
    expect(found).toEqual([]);
    expect(verdict.suppressed?.[0]?.at).toBe('configuration');
    const own = two.replace('  a:\n', `  a:\n    x-seaworthy: { ignore: [{ rule: ${logs}, reason: why }] }\n`);
    expect((await services(file('', own), { config: false })).found).toEqual(['a', 'b']);
  });

  test('an object that is none is refused at once', async () => {
    const config = { 'fail-on': 'worst' } as never;
    await expect(check({ files: file('') }, { config })).rejects.toMatchObject({ code: 'bad-config' });
  });
});

test('what is said of the configuration can be accepted there, and in no comment', async () => {
  const idle = 'project/unused-suppression';
  const docker = (text: string) => `# seaworthy ignore-file: ${idle}\n${text}FROM node:22-alpine\nUSER node\n`;
  const text = docker('# seaworthy ignore: project/runs-as-root -- why\n');
  const told = async (config: string) => {
    const verdict = await check({ files: { Dockerfile: text, 'seaworthy.yaml': config } }, { today });
    return verdict.findings.filter(({ rule }) => rule === idle).length;
  };
  expect(await told('')).toBe(2);
  expect(await told(`rules: { ${idle}: { enabled: false, reason: why } }`)).toBe(0);
});
