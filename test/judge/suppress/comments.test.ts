import { describe, expect, test } from 'vitest';
import { type CheckOptions, check } from '../../../src/index.ts';

const today = '2026-11-21';

/** `Dockerfile:5 project/runs-as-root` for each, of these rules only. */
async function judged(files: Record<string, string>, rules: readonly string[], options: CheckOptions = {}) {
  const verdict = await check({ files }, { today, ...options });
  expect(verdict.failures).toEqual([]);
  const told = (list: typeof verdict.findings) =>
    list.filter(({ rule }) => rules.includes(rule)).map(({ file, span, rule }) => `${file}:${span.start.line} ${rule}`);
  return { found: told(verdict.findings), suppressed: told(verdict.suppressed ?? []), verdict };
}

const root = 'project/runs-as-root';
const dockerfile = (above: string, top = '') =>
  `${top}FROM node:22-alpine\nWORKDIR /app\n${above}USER root\nCMD ["node", "a.js"]\n`;

describe('in a Dockerfile', () => {
  test('without a comment the finding is there', async () => {
    const { found, suppressed, verdict } = await judged({ Dockerfile: dockerfile('') }, [root]);
    expect(found).toEqual([`Dockerfile:3 ${root}`]);
    expect(suppressed).toEqual([]);
    expect(verdict.suppressed).toBeUndefined();
  });

  test.each([
    ['by id', `# seaworthy ignore: ${root} -- it binds port 80\n`],
    ['by the end of the id', '# seaworthy ignore: runs-as-root\n'],
    ['by another tool’s id', '# seaworthy ignore: DL3002\n'],
    ['among others', `# seaworthy ignore: dockerfile/x-y, ${root}\n`],
    ['with other comments and a blank line between', `# seaworthy ignore: ${root}\n# and more\n\n`],
    ['hadolint', '# hadolint ignore=DL3002\n'],
    ['trivy', '# trivy:ignore:DS-0002\n'],
    ['kics', '# kics-scan ignore-line\n'],
    ['semgrep', '# nosemgrep: dockerfile.security.last-user-is-root.last-user-is-root\n'],
  ])('above the instruction, %s', async (_name, above) => {
    const { found, suppressed } = await judged({ Dockerfile: dockerfile(above) }, [root]);
    expect(found).toEqual([]);
    expect(suppressed).toHaveLength(1);
  });

  test.each([
    ['ours', `# seaworthy ignore-file: ${root} -- all of it is old\n`],
    ['hadolint', '# hadolint global ignore=DL3002\n'],
    ['checkov', '# checkov:skip=CKV_DOCKER_8:why\n'],
  ])('for the whole file, %s', async (_name, top) => {
    const { found, suppressed } = await judged({ Dockerfile: dockerfile('', top) }, [root]);
    expect([found, suppressed]).toEqual([[], [`Dockerfile:4 ${root}`]]);
  });

  test.each([
    ['another rule', '# seaworthy ignore: project/no-healthcheck\n'],
    ['another tool’s other id', '# hadolint ignore=DL3008\n'],
    ['a broken date', `# seaworthy ignore: ${root} (until spring)\n`],
    ['past its day', `# seaworthy ignore: ${root} (until 2026-11-20)\n`],
    ['another tool’s, past its day', '# trivy:ignore:DS-0002:exp:2026-11-20\n'],
  ])('not by %s', async (_name, above) => {
    expect((await judged({ Dockerfile: dockerfile(above) }, [root])).found).toHaveLength(1);
  });

  test('above another instruction it does nothing, and that is said', async () => {
    const text = `# seaworthy ignore: ${root} -- why\n${dockerfile('')}`;
    const { found } = await judged({ Dockerfile: text }, [root, 'project/unused-suppression']);
    expect(found).toEqual(['Dockerfile:1 project/unused-suppression', `Dockerfile:4 ${root}`]);
  });

  test('the last day still counts', async () => {
    const above = `# seaworthy ignore: ${root} -- soon (until ${today})\n`;
    const { suppressed, verdict } = await judged({ Dockerfile: dockerfile(above) }, [root]);
    expect(suppressed).toHaveLength(1);
    expect(verdict.suppressed?.[0]).toMatchObject({ by: 'comment', reason: 'soon', until: today, at: 'Dockerfile:3' });
  });

  test('what a file lacks is accepted at its top, as trivy has it', async () => {
    const health = 'project/no-healthcheck';
    const stages = 'FROM node:22-alpine AS build\nRUN true\nFROM node:22-alpine\nUSER node\nCMD ["node", "a.js"]\n';
    expect((await judged({ Dockerfile: stages }, [health])).found).toEqual([`Dockerfile:3 ${health}`]);
    for (const comment of ['#trivy:ignore:DS026', '# trivy:ignore:AVD-DS-0026'])
      expect((await judged({ Dockerfile: `${comment}\n${stages}` }, [health])).found).toEqual([]);
    const other = await judged({ Dockerfile: `#trivy:ignore:DS002\n${stages}` }, [health]);
    expect(other.found).toHaveLength(1);
  });

  test('`# check=skip=` is BuildKit’s own, for the file', async () => {
    const text = '# check=skip=MaintainerDeprecated;error=true\nFROM node:22-alpine\nMAINTAINER me\nUSER node\n';
    const rules = ['dockerfile/maintainer'];
    const { verdict } = await judged({ Dockerfile: text }, rules);
    const aliased = (list: readonly { aliases: readonly string[] }[] = []) =>
      list.filter(({ aliases }) => aliases.includes('buildkit:MaintainerDeprecated')).length;
    expect([aliased(verdict.findings), aliased(verdict.suppressed)]).toEqual([0, 1]);
  });

  const sudo = 'dockerfile/sudo-in-run';
  const run = (text: string) => ({ Dockerfile: `FROM node:22-alpine\n${text}USER node\n` });

  test.each([
    ['above, for all its lines', `# seaworthy ignore: ${sudo}\nRUN true && \\\n  sudo true\n`],
    ['between its lines, for the next', `RUN true && \\\n  # seaworthy ignore: ${sudo}\n  sudo true\n`],
    ['at the end of the last line', `RUN true && \\\n  sudo true # seaworthy ignore: ${sudo}\n`],
    ['in a heredoc, above', `RUN <<EOF\ntrue\n# seaworthy ignore: ${sudo}\nsudo true\nEOF\n`],
    ['in a heredoc, behind', `RUN <<EOF\ntrue\nsudo true # seaworthy ignore: ${sudo}\nEOF\n`],
  ])('RUN: %s', async (_name, text) => {
    const { found, suppressed } = await judged(run(text), [sudo, 'project/unused-suppression']);
    expect([found, suppressed.length]).toEqual([[], 1]);
  });

  test('RUN: what is no comment but a word suppresses nothing', async () => {
    const { found } = await judged(run(`RUN sudo echo a#seaworthy ignore: ${sudo}\n`), [sudo]);
    expect(found).toHaveLength(1);
  });
});

describe('in a Compose file', () => {
  const logs = 'compose/unbounded-logs';
  const image = 'compose/floating-image';
  const compose = (lines: readonly string[]) => ({ 'compose.yaml': `${lines.join('\n')}\n` });

  test.each([
    ['above the key', ['services:', '  db:', `    # seaworthy ignore: ${image} -- why`, '    image: redis:latest']],
    ['on the line', ['services:', '  db:', `    image: redis:latest # seaworthy ignore: ${image} -- why`]],
    ['above the service', ['services:', `  # seaworthy ignore: ${image} -- why`, '  db:', '    image: redis:latest']],
    ['for the file', [`# seaworthy ignore-file: ${image} -- why`, 'services:', '  db:', '    image: redis:latest']],
    ['anywhere for the file', ['services:', '  db:', '    image: redis:latest', `# seaworthy ignore-file: ${image}`]],
    ['dclint, the line', ['services:', '  db:', '    image: redis:latest # dclint disable-line']],
    [
      'dclint, the file',
      ['# dclint disable service-image-require-explicit-tag', 'services:', '  db:', '    image: redis:latest'],
    ],
  ])('%s', async (_name, lines) => {
    const { found, suppressed } = await judged(compose(lines), [image, 'project/unused-suppression']);
    expect([found, suppressed.length]).toEqual([[], 1]);
  });

  test('kics, the next line or the block', async () => {
    const privileged = 'compose/privileged';
    const lines = (comment: string) => [
      'services:',
      '  db:',
      '    image: redis:8.2',
      `    # ${comment}`,
      '    privileged: true',
    ];
    for (const comment of ['kics-scan ignore-line', 'kics-scan ignore-block'])
      expect((await judged(compose(lines(comment)), [privileged])).suppressed).toEqual([
        `compose.yaml:5 ${privileged}`,
      ]);
  });

  test('above one service it is not about the next', async () => {
    const lines = [
      'services:',
      `  # seaworthy ignore: ${logs}`,
      '  a:',
      '    image: redis:8.2',
      '  b:',
      '    image: redis:8.2',
    ];
    const { found, suppressed } = await judged(compose(lines), [logs]);
    expect([found, suppressed]).toEqual([[`compose.yaml:5 ${logs}`], [`compose.yaml:3 ${logs}`]]);
  });

  test('above an element of a list it is about that element', async () => {
    const database = 'compose/published-database';
    const lines = [
      'services:',
      '  db:',
      '    image: postgres:17',
      '    ports:',
      `      # seaworthy ignore: ${database}`,
      '      - "5432:5432"',
    ];
    const { found, suppressed } = await judged(compose(lines), [database]);
    expect([found, suppressed]).toEqual([[], [`compose.yaml:6 ${database}`]]);
  });

  test('a Dockerfile inside a Compose file has comments of its own', async () => {
    const text = (comment: string) =>
      `services:\n  api:\n    build:\n      context: .\n      dockerfile_inline: |\n        FROM node:22-alpine\n        ${comment}\n        USER root\n        CMD ["node", "a.js"]\n`;
    const plain = await judged({ 'compose.yaml': text('# nothing'), 'a.js': '' }, [root]);
    expect(plain.found).toEqual([`compose.yaml:8 ${root}`]);
    for (const comment of [`# seaworthy ignore: ${root}`, `# seaworthy ignore-file: ${root}`]) {
      const { found, suppressed } = await judged({ 'compose.yaml': text(comment), 'a.js': '' }, [root]);
      expect([found, suppressed]).toEqual([[], [`compose.yaml:8 ${root}`]]);
    }
  });
});

test('an unknown rule is told, the rules beside it count', async () => {
  const above = `# seaworthy ignore: no-such-rule, ${root} -- why\n`;
  const { found, suppressed } = await judged({ Dockerfile: dockerfile(above) }, [root, 'project/bad-config']);
  expect([found, suppressed]).toEqual([['Dockerfile:3 project/bad-config'], [`Dockerfile:4 ${root}`]]);
});

test('nothing is called unused when only some rules ran, or when the rule is off', async () => {
  const above = '# seaworthy ignore: project/no-healthcheck -- why\n';
  const idle = 'project/unused-suppression';
  const files = { Dockerfile: dockerfile(above) };
  expect((await judged(files, [idle])).found).toEqual([`Dockerfile:3 ${idle}`]);
  expect((await judged(files, [idle], { only: [idle] })).found).toEqual([`Dockerfile:3 ${idle}`]);
  expect((await judged(files, [idle], { only: [root] })).found).toEqual([]);
});
