import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../../../src/cli/command.ts';
import { type Drilling, runDrill } from '../../../src/cli/drill/run-drill.ts';
import { SeaworthyError } from '../../../src/vocabulary/error.ts';
import { shop } from '../../report/drills/shop.ts';
import { report, result } from '../../report/drills/some-report.ts';

let place: string;
beforeAll(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-drill-'));
  const write = (name: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
    fs.writeFileSync(path.join(place, name), text);
  };
  const compose = (name: string) => `name: ${name}\nservices:\n  web:\n    image: nginx:1.27\n`;
  write('compose.yaml', compose('here'));
  write('many/a/compose.yaml', compose('a'));
  write('many/b/compose.yaml', compose('b'));
  write('one/below/compose.yaml', compose('below'));
  write('empty/README.md', 'nothing');
});
afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

interface Seen {
  code?: number;
  out: string;
  warned: string;
  readonly asked: Parameters<Drilling>[];
}

async function run(values: Values, drilling: Drilling = async () => shop, operands: readonly string[] = []) {
  const seen: Seen = { out: '', warned: '', asked: [] };
  const out = {
    write: (text: string) => {
      seen.out += text;
    },
    warn: (text: string) => {
      seen.warned += text;
    },
    ...{ width: 80, color: false, unicode: true },
  };
  const call = { cwd: place, operands, values, out, env: { CI: '1', TOKEN: 'from-outside' }, readStdin: () => '' };
  seen.code = await runDrill(call, async (...given) => {
    seen.asked.push(given);
    return drilling(...given);
  });
  return seen;
}

const answering = (...outcomes: ('held' | 'broke' | 'inconclusive')[]): Drilling => {
  const drills = outcomes.map((outcome) => result({ outcome }));
  return async () => report({ drills });
};

describe('the exit code', () => {
  test.each([
    [['held', 'held'], false, 0],
    [['held', 'broke'], false, 1],
    [['held', 'inconclusive'], false, 0],
    [['held', 'inconclusive'], true, 1],
    [['broke', 'inconclusive'], false, 1],
    [['inconclusive'], false, 3],
    [['inconclusive'], true, 1],
    [[], false, 3],
  ] as const)('%s, strict %s: %i', async (outcomes, strict, code) => {
    for (const format of ['text', 'json', 'junit', 'html', 'markdown'])
      expect((await run({ strict, format }, answering(...outcomes))).code).toBe(code);
  });
});

describe('what is asked of the runner', () => {
  test('nothing that was not said', async () => {
    const { asked } = await run({});
    const [project, { onEvent: _onEvent, signal: _signal, ...options } = {}] = asked[0] ?? [];
    expect(project?.services.map(({ name }) => name)).toEqual(['web']);
    expect(options).toEqual({
      ...{ repeat: 1, keep: false, seed: false, buildArguments: {} },
      engine: { environment: { CI: '1', TOKEN: 'from-outside' } },
    });
  });

  test('all that was said', async () => {
    const { asked } = await run(
      {
        ...{
          only: ['memory-limit,fd-limit', 'pids-limit'],
          repeat: '5',
          budget: '5m',
          keep: true,
          seed: true,
          attach: ['shop-web-1'],
        },
        ...{ 'build-arg': ['A=1=2', 'TOKEN'], host: 'tcp://10.0.0.5' },
      },
      undefined,
      ['web'],
    );
    expect(asked[0]?.[1]).toMatchObject({
      ...{ services: ['web'], only: ['memory-limit', 'fd-limit', 'pids-limit'], repeat: 5, budgetSeconds: 300 },
      ...{ keep: true, seed: true, attach: ['shop-web-1'], buildArguments: { A: '1=2', TOKEN: 'from-outside' } },
      engine: { host: 'tcp://10.0.0.5' },
    });
  });

  test.each([
    [{ repeat: '0' }, 'usage'],
    [{ repeat: '2.5' }, 'usage'],
    [{ budget: 'soon' }, 'usage'],
    [{ budget: '5' }, 'usage'],
    [{ only: ['memory-limits'] }, 'unknown-drill'],
    [{ 'build-arg': ['UNSET'] }, 'usage'],
    [{ 'build-arg': ['=x'] }, 'usage'],
    [{ output: ['report.pdf'] }, 'usage'],
    [{ output: ['nowhere/report.json'] }, 'usage'],
    [{ host: 'tcp://a', context: 'b' }, 'usage'],
    [{ directory: 'many' }, 'usage'],
    [{ directory: 'empty' }, 'no-project'],
    [{ directory: 'gone' }, 'no-project'],
    [{ directory: '.', file: ['compose.yaml'] }, 'usage'],
  ] as const)('%j is %s, and nothing is begun', async (values, code) => {
    let hasBegun = false;
    const drilling: Drilling = async () => {
      hasBegun = true;
      return shop;
    };
    const error = await run(values as unknown as Values, drilling).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(SeaworthyError);
    expect(error).toMatchObject({ code, hint: expect.stringMatching(/./) });
    expect(hasBegun).toBe(false);
  });

  test('a word that is nearly a drill is one that is meant', async () => {
    await expect(run({ only: ['memory-limits'] })).rejects.toMatchObject({
      hint: 'Did you mean memory-limit? seaworthy drill --list shows all.',
    });
  });

  test.each([
    [{}, 'here'],
    [{ directory: 'many/b' }, 'b'],
    [{ directory: 'one' }, 'below'],
    [{ file: ['many/a/compose.yaml'] }, 'a'],
  ] as const)('the project of %j is %s', async (values, name) => {
    const { asked } = await run(values as unknown as Values);
    expect(asked[0]?.[0].compose?.name).toBe(name);
  });
});

describe('what is told', () => {
  test('lines in a pipe, on standard error, so that the report is alone', async () => {
    const seen = await run({ format: 'json' }, async (_, { onEvent } = {}) => {
      onEvent?.({ type: 'cleaned-up', removed: 2 });
      onEvent?.({ type: 'setting-up', what: 'building web' });
      onEvent?.({
        type: 'standing-in',
        standIn: { kind: 'volume', service: 'db', wanted: 'data', used: 'an empty one' },
      });
      onEvent?.({ type: 'planned', drills: [{ id: 'clock', service: 'web' }] });
      onEvent?.({ type: 'started', id: 'clock', service: 'web' });
      onEvent?.({ type: 'step', id: 'clock', service: 'web', what: 'waiting' });
      onEvent?.({ type: 'ended', result: result({ id: 'clock', summary: 'on \u001b[2Jtime' }) });
      return shop;
    });
    expect(seen.warned).toBe(
      [
        'removed 2 things that an earlier run had left',
        'setting up: building web',
        'standing in: db volume data: an empty one',
        '1 drill of 1 service',
        'held clock web 12.4 s: on \\x1b[2Jtime',
        '',
      ].join('\n'),
    );
    expect(JSON.parse(seen.out).project).toBe('shop');
    const quiet = await run({ quiet: true }, async (_, { onEvent } = {}) => {
      onEvent?.({ type: 'setting-up', what: 'building web' });
      return shop;
    });
    expect(quiet.warned).toBe('');
  });

  test('one run writes several files, each as its name says', async () => {
    const names = ['r.json', 'r.xml', 'r.html', 'r.md', 'r.txt'];
    const { out } = await run({ output: names });
    expect(out).toContain('✘ broke');
    const texts = names.map((name) => fs.readFileSync(path.join(place, name), 'utf8'));
    const signs = [/^\{\n {2}"\$schema"/, /^<\?xml/, /^<!doctype html>/, /^<!-- seaworthy drill -->/, /^── web/];
    for (const [index, text] of texts.entries()) expect(text).toMatch(signs[index] as RegExp);
  });

  test('Ctrl-C calls the drills off, and says so', async () => {
    const seen = run({}, async (_, { signal } = {}) => {
      await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
      return report({ drills: [result()] });
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.emit('SIGINT');
    expect((await seen).warned).toBe('stopping: removing what was made; Ctrl-C again leaves at once\n');
    expect(process.listenerCount('SIGINT')).toBe(0);
  });

  test('--list tells claims anywhere, and costs where a project is', async () => {
    const here = await run({ list: true });
    expect(here.out).toMatch(/^memory-limit +Its own work/m);
    expect(here.out).toMatch(/applies to (?:1|no) service here/);
    const nowhere = await run({ list: true, directory: 'empty', format: 'json' });
    const cards = JSON.parse(nowhere.out);
    expect(cards.length).toBeGreaterThan(5);
    for (const card of cards)
      expect(Object.keys(card)).toEqual([
        'id',
        'claim',
        'why',
        'experiment',
        'mission',
        'sources',
        'attach',
        'company',
      ]);
  });
});
