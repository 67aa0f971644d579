import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answers } from '../../../src/judge/checklists/answers/all.ts';
import { checklistItems } from '../../../src/judge/checklists/items.ts';
import { judgeChecklists } from '../../../src/judge/checklists/judge-checklists.ts';
import { Places } from '../../../src/judge/places.ts';
import { readProject } from '../../../src/model/read-project.ts';
import { diskFiles } from '../../../src/read/files-disk.ts';
import { memoryFiles } from '../../../src/read/files-memory.ts';
import { allRules } from '../../../src/rules/registry.ts';
import { itemsOf, listsOf } from './judged.ts';

const examples = path.resolve(import.meta.dirname, '../../../examples');
const example = (name: string) => itemsOf(diskFiles(path.join(examples, name)));
const answeredByFiles = checklistItems.filter(({ answeredBy }) => answeredBy === 'files').map(({ id }) => id);

test('every item has an answer, and no answer is left over', () => {
  expect([...answers.keys()]).toEqual(checklistItems.map(({ id }) => id));
});

test('every rule that an answer listens to is there', () => {
  const nothing = readProject(
    memoryFiles({ Dockerfile: 'FROM alpine:3.22\nRUN apk add --no-cache curl\nCOPY . .\n' }),
    { today: '2026-11-21' },
  );
  // Without rules, silence proves nothing: what rests on them is open and names the first that is missing.
  const silent = judgeChecklists(nothing, [], [], new Places(nothing)).flatMap(({ items }) => items);
  const named = silent.flatMap(({ evidence }) => /the rule (\S+) did not run/.exec(evidence)?.[1] ?? []);
  expect(named.length).toBeGreaterThan(5);
  const known = new Set<string>(allRules.map(({ id }) => id));
  for (const id of named) expect(known).toContain(id);
});

describe('the lists', () => {
  test('have titles, and every item once and in order', () => {
    const lists = listsOf({ Dockerfile: 'FROM scratch\n' });
    expect(lists.map(({ id, title }) => `${id} ${title}`)).toEqual([
      'CHK1 Production readiness (lesson 001)',
      'CHK2 Before deployment (lessons 003 and 004)',
      'CHK3 The Dockerfile (lessons 003 and 004)',
      'CHK4 The Compose file (lesson 004)',
      'CHK5 At run time (lessons 003 and 004)',
      'CHK6 The ML service (lesson 002)',
      'CHK7 The twelve factors (lesson 004)',
    ]);
    expect(lists.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(checklistItems.map(({ id }) => id));
  });

  test('of nothing at all pass nothing', () => {
    for (const item of itemsOf({}).values()) expect(item.state, item.id).not.toBe('pass');
  });

  test('of a project that Compose refuses pass nothing but what the Dockerfile says', () => {
    const items = itemsOf({
      'compose.yaml': 'services:\n  a:\n    image: redis:8.2\n    restart: always\n    banana: true\n',
    });
    expect(items.get('CHK1.8')).toMatchObject({
      state: 'open',
      evidence: 'a has a restart policy; but Compose refuses the project as it stands',
      at: ['compose.yaml:5', 'compose.yaml:4'],
    });
  });
});

const words = [
  'image: redis',
  'image: node:24.1',
  'build: .',
  'restart: always',
  'user: "0"',
  'privileged: true',
  'ports: ["80:80"]',
  'volumes: ["data:/data"]',
  'depends_on: [b]',
  'network_mode: host',
  'environment: {DB_PASSWORD: hunter2hunter2, DB_HOST: b}',
  'logging: {}',
  'healthcheck: {test: curl localhost}',
  'deploy: {replicas: x}',
  'links: [b]',
  'command: >',
  '- x',
  'services:',
];
const lines = [
  'FROM node',
  'FROM ${X}',
  'FROM a AS b',
  'RUN npm install',
  'RUN apt-get update && (',
  'COPY . .',
  'ENV API_TOKEN=f3a91c77b2d84e0e9c55',
  'USER app',
  'CMD npm start',
  'HEALTHCHECK NONE',
  'ONBUILD RUN x',
  'LABEL a',
  'RUN <<EOF',
];

test('whatever the files say: every item once, open or not, with evidence, and no secret told', () => {
  const service = fc
    .array(fc.constantFrom(...words), { maxLength: 6 })
    .map((chosen) => chosen.map((line) => `    ${line}\n`).join(''));
  const composeFile = fc
    .tuple(service, service)
    .map(([a, b]) => `services:\n  a:\n${a}  b:\n${b}volumes: {data: {}}\n`);
  const dockerfile = fc.array(fc.constantFrom(...lines), { maxLength: 10 }).map((chosen) => `${chosen.join('\n')}\n`);
  fc.assert(
    fc.property(fc.option(composeFile), fc.option(dockerfile), (compose, docker) => {
      const files = {
        ...(compose === null ? {} : { 'compose.yaml': compose }),
        ...(docker === null ? {} : { Dockerfile: docker }),
      };
      const items = [...itemsOf(files).values()];
      expect(items.map(({ id }) => id)).toEqual(checklistItems.map(({ id }) => id));
      for (const { id, state, evidence, at } of items) {
        expect(evidence.trim(), id).not.toBe('');
        expect(evidence, id).not.toMatch(/hunter2hunter2|f3a91c77b2d84e0e9c55|undefined/);
        for (const place of at) expect(place, id).toMatch(/^[^:]+:\d+$/);
        const { answeredBy } = checklistItems.find((item) => item.id === id) ?? {};
        // Items of drills pass by files in one case alone, and say how.
        if (answeredBy === 'drill' && id !== 'CHK7.6') expect(state, id).not.toBe('pass');
      }
    }),
    { numRuns: 150 },
  );
});

describe('the examples', () => {
  test('seaworthy fails nothing that files decide, and leaves little of it open', () => {
    const items = example('seaworthy');
    const failed = answeredByFiles.filter((id) => items.get(id)?.state === 'fail');
    expect(failed.map((id) => `${id}: ${items.get(id)?.evidence}`)).toEqual([]);
    // nginx's own configuration says where it writes; other environments are not in the folder.
    expect(answeredByFiles.filter((id) => items.get(id)?.state === 'open')).toEqual(['CHK1.2', 'CHK5.2', 'CHK7.10']);
  });

  test('ml-gpu serves a model, and fails nothing of that list', () => {
    const items = example('ml-gpu');
    const ml = [...items.values()].filter(({ id }) => id.startsWith('CHK6.'));
    expect(ml.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'CHK6.1 pass',
      'CHK6.2 pass',
      'CHK6.3 open',
      'CHK6.4 pass',
      'CHK6.5 pass',
      'CHK6.6 open',
      'CHK6.7 pass',
      'CHK6.8 open',
      'CHK6.9 pass',
      'CHK6.10 pass',
    ]);
  });

  // Row by row as its README tells it.
  test.each([
    ['floating and ended bases', ['CHK2.11', 'CHK3.9', 'CHK3.10', 'CHK2.8']],
    ['the full image in one stage', ['CHK3.1', 'CHK2.12', 'CHK3.3']],
    ['no labels', ['CHK3.6']],
    ['secrets in the image and in Compose', ['CHK3.4', 'CHK1.6', 'CHK2.6', 'CHK2.15', 'CHK7.3']],
    ['update apart from install, no cleanup', ['CHK3.12', 'CHK3.14']],
    ['source before dependencies, npm install', ['CHK3.13', 'CHK3.8', 'CHK7.2']],
    ['root', ['CHK1.1', 'CHK2.13', 'CHK3.2']],
    ['no health checks, one with a missing tool', ['CHK1.4', 'CHK2.2', 'CHK3.5', 'CHK4.2', 'CHK5.4']],
    ['npm in front of SIGTERM', ['CHK7.9']],
    ['no .dockerignore', ['CHK2.16', 'CHK3.7']],
    ['published stores on one network', ['CHK4.6', 'CHK5.7']],
    ['no limits', ['CHK1.3', 'CHK2.3', 'CHK4.4', 'CHK5.1']],
    ['source mounted over the image, container_name', ['CHK7.1', 'CHK7.5', 'CHK7.8']],
    ['no restart policy', ['CHK1.8', 'CHK4.3', 'CHK5.6']],
    ['depends_on without a condition', ['CHK4.8']],
    ['no log rotation', ['CHK1.5', 'CHK2.4', 'CHK5.5']],
    ['no read_only, no cap_drop', ['CHK1.2', 'CHK5.2', 'CHK5.3']],
    ['no volume for Redis', ['CHK4.5']],
    ['no description of the variables', ['CHK4.7']],
  ] as const)('leaky fails for %s', (_, ids) => {
    const items = example('leaky');
    for (const id of ids) expect(items.get(id)?.state, `${id}: ${items.get(id)?.evidence}`).toBe('fail');
  });
});
