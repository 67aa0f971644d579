import { expect, test } from 'vitest';
import { type CheckOptions, check } from '../../../src/index.ts';
import type { DrillReport, Evidence, Outcome } from '../../../src/vocabulary/drill.ts';
import { report, result } from '../../report/drills/some-report.ts';

/** Two servers, one of which nothing is known of; a one-shot, which no drill needs to run on. */
const project = `name: shop
services:
  web:
    image: nginxinc/nginx-unprivileged:1.27.3
    healthcheck: { test: [CMD, curl, -f, "http://localhost:8080/"], interval: 5s }
    restart: unless-stopped
  worker:
    image: example.com/worker:1.2.3
    restart: unless-stopped
  migrate:
    image: example.com/worker:1.2.3
    restart: "no"
    profiles: [tools]
`;

async function items(drills?: DrillReport, text = project, options: CheckOptions = {}) {
  const files = { 'compose.yaml': text };
  const verdict = await check({ files }, { ...options, today: '2026-11-21', ...(drills ? { drills } : {}) });
  return new Map(verdict.checklists.flatMap((list) => list.items).map((item) => [item.id, item]));
}

const drilled = (id: string, outcomes: Readonly<Record<string, Outcome>>, evidence: readonly Evidence[] = []) =>
  report({
    drills: Object.entries(outcomes).map(([service, outcome]) =>
      result({ id, service, outcome, summary: `seen in ${service}`, evidence }),
    ),
  });

test('an open item passes when its drill held for all it asks about', async () => {
  expect((await items()).get('CHK7.9')).toMatchObject({
    state: 'open',
    evidence: expect.stringContaining('no drill has run'),
  });
  expect((await items(drilled('graceful-stop', { web: 'held', worker: 'held' }))).get('CHK7.9')).toMatchObject({
    state: 'pass',
    evidence: 'drill graceful-stop held: web: seen in web; worker: seen in worker',
  });
});

test('it stays open while one was not drilled, or could not be told', async () => {
  expect((await items(drilled('graceful-stop', { web: 'held' }))).get('CHK7.9')).toMatchObject({
    state: 'open',
    evidence:
      'nothing here keeps the signal away; drill graceful-stop proves that it is obeyed; drill graceful-stop held for web, and was not run on worker',
  });
  const unclear = drilled('graceful-stop', { web: 'held', worker: 'inconclusive' });
  expect((await items(unclear)).get('CHK7.9')).toMatchObject({
    state: 'open',
    evidence: expect.stringMatching(/; drill graceful-stop was inconclusive: worker: seen in worker$/),
  });
});

test('a service in which there is nothing to drill is not asked; one that was left out is', async () => {
  const skipped = (applies: boolean) => ({
    ...drilled('graceful-stop', { web: 'held' }),
    skipped: [{ id: 'graceful-stop', service: 'worker', because: 'why', applies }],
  });
  expect((await items(skipped(false))).get('CHK7.9')?.state).toBe('pass');
  expect((await items(skipped(true))).get('CHK7.9')?.state).toBe('open');
});

test('an open item fails when its drill broke for one', async () => {
  const broke = drilled('graceful-stop', { web: 'held', worker: 'broke' });
  expect((await items(broke)).get('CHK7.9')).toMatchObject({
    state: 'fail',
    evidence: 'drill graceful-stop broke: worker: seen in worker',
  });
});

test('proof beats what a file says: a passed item fails; held, it shows the proof', async () => {
  const before = (await items()).get('CHK1.8');
  expect(before?.state).toBe('pass');
  const broke = await items(drilled('crash-restart', { web: 'broke' }));
  expect(broke.get('CHK1.8')).toMatchObject({ state: 'fail', evidence: 'drill crash-restart broke: web: seen in web' });
  const held = await items(drilled('crash-restart', { web: 'held' }));
  expect(held.get('CHK1.8')).toMatchObject({
    state: 'pass',
    evidence: `${before?.evidence}; drill crash-restart held for web`,
  });
});

test('what the files fail stays failed', async () => {
  const before = (await items()).get('CHK1.3');
  expect(before?.state).toBe('fail');
  expect((await items(drilled('memory-limit', { web: 'held', worker: 'held' }))).get('CHK1.3')).toEqual(before);
});

test('what was accepted with a reason stays accepted, and shows what broke', async () => {
  const accepting = project.replace(
    '    image: example.com/worker:1.2.3\n    restart: unless-stopped\n',
    '    image: example.com/worker:1.2.3\n    x-seaworthy: { ignore: [{ rule: compose/no-restart-policy, reason: a shell loop sees to it }] }\n',
  );
  const before = (await items(undefined, accepting)).get('CHK1.8');
  expect(before).toMatchObject({ state: 'pass', evidence: expect.stringContaining('accepted: a shell loop') });
  const broke = (await items(drilled('crash-restart', { worker: 'broke' }), accepting)).get('CHK1.8');
  expect(broke).toMatchObject({ state: 'pass', evidence: `${before?.evidence}; drill crash-restart broke for worker` });
});

test('a drill that shows a part of an item does not pass it; a person’s item waits for the person', async () => {
  const shown = (id: string) => drilled(id, { web: 'held', worker: 'held' });
  expect((await items(shown('backup-restore'))).get('CHK4.5')).toMatchObject({
    state: 'open',
    evidence: expect.stringMatching(/; drill backup-restore held for web and worker, which shows a part of it$/),
  });
  expect((await items(shown('rollback'))).get('CHK5.13')?.state).toBe('open');
});

test('some items hang on a piece of evidence, not on how the drill came out', async () => {
  const lines = (value: number) =>
    drilled('log-flood', { web: 'broke', worker: 'broke' }, [{ name: 'lines of its own', value }]);
  expect((await items(lines(3))).get('CHK2.14')?.state).toBe('pass');
  expect((await items(lines(0))).get('CHK2.14')?.state).toBe('open');
  expect((await items(lines(3))).get('CHK1.5')?.state).toBe('fail');
});

test('secrets of the project are masked in what a report tells', async () => {
  const text = project.replace(
    '    restart: unless-stopped\n  worker',
    '    restart: unless-stopped\n    environment: { DB_PASSWORD: Zx81-spectrum-99 }\n  worker',
  );
  const leaky = report({ drills: [result({ service: 'web', outcome: 'broke', summary: 'it said Zx81-spectrum-99' })] });
  expect((await items(leaky, text)).get('CHK7.9')?.evidence).toBe('drill graceful-stop broke: web: it said ***');
});

test('of several projects only the report’s own is proved', async () => {
  const compose = (name: string) => `name: ${name}\nservices:\n  web:\n    image: nginx:1.27\n`;
  const files = { 'a/compose.yaml': compose('a'), 'b/compose.yaml': compose('b') };
  const state = async (project: string) => {
    const drills = report({ project, drills: [result({ outcome: 'broke' })] });
    const verdict = await check({ files }, { today: '2026-11-21', drills });
    return verdict.checklists.flatMap((list) => list.items).find(({ id }) => id === 'CHK7.9')?.state;
  };
  expect(await state('a')).toBe('fail');
  expect(await state('c')).toBe('open');
});

test.each([
  ['no object', 7, /no object/],
  ['no version', {}, /no version/],
  ['a verdict', { schemaVersion: 1, findings: [] }, /no version/],
  ['another version', { version: 2 }, /another version/],
  ['no project', { version: 1 }, /no project/],
  ['an odd outcome', { ...report(), drills: [{ ...result(), outcome: 'passed' }] }, /its drills/],
  ['an odd skip', { ...report(), skipped: [{ id: 'a' }] }, /skipped/],
  ['no results', report(), /holds no result/],
  ['other services', report({ drills: [result({ service: 'elsewhere' })] }), /of other services: elsewhere/],
])('%s is no report of this project', async (_, drills, message) => {
  const error = await items(drills as DrillReport).catch((cause: unknown) => cause);
  expect(error).toMatchObject({
    code: 'bad-config',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(/seaworthy drill/),
  });
});
