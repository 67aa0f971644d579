import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryFiles } from '../../../src/read/files-memory.ts';
import { escaped, webAddress } from '../../../src/report/html/escape.ts';
import { headlineOf } from '../../../src/report/html/headline.ts';
import { contentSecurityPolicy } from '../../../src/report/html/policy.ts';
import { pageScript } from '../../../src/report/html/script.ts';
import { pageStyle } from '../../../src/report/html/style.ts';
import { renderHtml } from '../../../src/report/html.ts';
import type { Severity } from '../../../src/vocabulary/severity.ts';
import { finding, Source, sourcesOf, verdict } from '../verdicts.ts';
import { graphOf, port, service } from './graphs.ts';
import { bigCompose, pageOf } from './projects.ts';

const compose = new Source(
  'shop/compose.yaml',
  `services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: ***
    command: a
      b
`,
);
const options = { version: '1.2.3', rules: [], sources: sourcesOf(compose) };
const exposed = finding({ rule: 'compose/a', message: 'exposed', service: 'db', ...compose.at(3, 'postgres:16') });

describe('the policy', () => {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64');

  test('names the style and the script of the page, and allows nothing else', () => {
    expect(contentSecurityPolicy).toBe(
      `default-src 'none'; style-src 'sha256-${hash(pageStyle)}'; script-src 'sha256-${hash(pageScript)}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
  });

  test('the page has no style attribute and no handler, which the policy would refuse', () => {
    const { html } = pageOf(memoryFiles({ 'compose.yaml': bigCompose(12) }));
    expect(html).not.toMatch(/<[a-z][^>]*\s(?:style|on[a-z]+)=/);
  });

  test('neither asks for anything nor sends', () => {
    const { html } = pageOf(memoryFiles({ Dockerfile: 'FROM node\nCMD npm start\n' }));
    expect(html).not.toMatch(/<(?:img|iframe|object|embed|base)\b|\ssrc=|@import|url\((?!#)/);
    expect(html.match(/<link\b[^>]*>/g)).toEqual(['<link rel="icon" href="data:,">']);
  });
});

describe('escaping', () => {
  test('whatever the text, no tag and no quote gets through', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[<>"']|&(?![a-z#0-9]+;)/.test(escaped(text))));
  });

  test('direction marks and control characters are spelled out', () => {
    expect(escaped('a\u202eb\u0000')).toBe('a\\u202eb\\x00');
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'https://a.b/"onclick="x', ''])('%s is no link', (address) => {
    expect(webAddress(address)).toBe('');
  });

  test('nothing hostile in names, messages, sources, checklists or the drawing makes a tag', () => {
    const bad = `</script><script>alert("1")</script><b x='y'>`;
    const html = renderHtml(
      verdict({
        findings: [
          finding({
            rule: bad,
            message: bad,
            service: bad,
            file: bad,
            span: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 5, offset: 4 } },
            aliases: [bad],
            drill: bad,
            fix: { title: bad, safety: 'review', edits: [] },
            related: [{ ...compose.at(1, 'services'), message: bad }],
          }),
        ],
        checklists: [{ id: bad, title: bad, items: [{ id: bad, text: bad, state: 'fail', evidence: bad, at: [bad] }] }],
        files: [bad],
        unread: [{ path: bad, reason: bad }],
        failures: [{ rule: bad, message: bad }],
      }),
      {
        ...options,
        version: bad,
        sources: () => bad,
        graphs: () => [
          {
            ...graphOf([
              service(bad, {
                image: bad,
                networks: [bad],
                networkMode: bad,
                ports: [{ ...port, address: bad, published: bad, reach: 'one-address' }],
                mounts: [{ kind: 'host', source: bad, target: bad, readOnly: true }],
                dependsOn: [{ service: bad, condition: bad }],
              }),
            ]),
            name: bad,
          },
        ],
      },
    );
    expect(html.match(/<script>/g)).toHaveLength(1);
    expect(html).not.toContain('<b x=');
    expect(html).not.toContain('alert("1")');
  });
});

describe('the headline', () => {
  const withWorst = (severity: Severity) =>
    headlineOf(verdict({ findings: [{ ...exposed, severity }], files: ['compose.yaml'] }));

  test.each([
    ['critical', 'bad', 'Not seaworthy: 1 critical finding'],
    ['high', 'bad', 'Not seaworthy: 1 high finding'],
    ['medium', 'warn', 'Not yet seaworthy: 1 medium finding'],
    ['low', 'good', 'Seaworthy, with 1 low finding'],
  ] as const)('%s', (severity, mood, text) => {
    expect(withWorst(severity)).toMatchObject({ mood, text });
  });

  test('no findings', () => {
    expect(headlineOf(verdict({ files: ['Dockerfile'] })).text).toBe('Seaworthy, as far as its files can tell');
  });

  test('what could not be read, or judged, is never good', () => {
    const unread = headlineOf(verdict({ files: ['Dockerfile'], unread: [{ path: 'a', reason: 'b' }] }));
    const failed = headlineOf(verdict({ files: ['Dockerfile'], failures: [{ rule: 'a/b', message: 'c' }] }));
    expect([unread.mood, failed.mood]).toEqual(['warn', 'warn']);
    expect(headlineOf(verdict()).text).toBe('Nothing was judged');
  });
});

describe('findings in their source', () => {
  const page = (findings: Parameters<typeof verdict>[0]) => renderHtml(verdict(findings), options);

  test('those of one line stand under one excerpt, the worst first', () => {
    const mild = finding({ ...exposed, rule: 'compose/b', message: 'mild', severity: 'low' });
    const html = page({ findings: [mild, exposed], files: [compose.file] });
    expect(html.match(/<pre class="excerpt"/g)).toHaveLength(1);
    expect(html).toContain('<span class="number">    3</span>     image: <mark>postgres:16</mark>');
    expect(html.indexOf('<span class="message">exposed')).toBeLessThan(html.indexOf('<span class="message">mild'));
  });

  test('behind a masked secret the columns no longer hold, so the line is marked up to it', () => {
    const secret = finding({
      rule: 'compose/secret',
      message: 'secret',
      file: compose.file,
      span: { start: { line: 5, column: 26, offset: 80 }, end: { line: 5, column: 60, offset: 114 } },
    });
    expect(page({ findings: [secret], files: [compose.file] })).toContain('POSTGRES_PASSWORD: <mark>***</mark>');
  });

  test('a span over several lines is marked on each', () => {
    const long = finding({ rule: 'compose/long', message: 'long', ...compose.at(6, 'command', 7, 'b') });
    const html = page({ findings: [long], files: [compose.file] });
    expect(html).toContain('<mark>command: a</mark>');
    expect(html).toContain('<mark>b</mark>');
  });

  test('a line of a million characters is cut around what is marked', () => {
    const line = `${'x'.repeat(500_000)}HERE${'y'.repeat(500_000)}`;
    const start = { line: 1, column: 500_001, offset: 500_000 };
    const far = finding({ ...exposed, span: { start, end: { line: 1, column: 500_005, offset: 500_004 } } });
    const html = renderHtml(verdict({ findings: [far], files: ['a'] }), { ...options, sources: () => line });
    expect(html).toContain('<mark>HERE</mark>');
    expect(html.length).toBeLessThan(60_000);
  });

  test('every finding of a real project is there once, with its own anchor', () => {
    const { html, verdict: judged } = pageOf(memoryFiles({ 'compose.yaml': bigCompose(20) }));
    const anchors = html.match(/ id="f\d+"/g) ?? [];
    expect(judged.findings.length).toBeGreaterThan(20);
    expect(new Set(anchors).size).toBe(judged.findings.length);
    const ids = (html.match(/\sid="[^"]*"/g) ?? []).map((id) => id.trim());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a secret never gets onto the page', () => {
    const files = {
      'compose.yaml':
        'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: Zx81-spectrum-99\n',
      '.env': 'OTHER_SECRET=Zx81-spectrum-99\n',
    };
    const { html, verdict: judged } = pageOf(memoryFiles(files));
    expect(judged.findings.some((one) => one.rule.includes('secret'))).toBe(true);
    expect(html).not.toContain('spectrum');
  });
});

describe('the stack', () => {
  test('the table tells what the drawing shows', () => {
    const graph = graphOf([
      service('db', { kind: 'database', ports: [{ ...port, published: '5432', target: 5432 }] }),
      service('api', { dependsOn: [{ service: 'db', condition: 'service_healthy' }], replicas: 3 }),
    ]);
    const html = renderHtml(verdict({ findings: [{ ...exposed, file: 'compose.yaml' }], files: ['compose.yaml'] }), {
      ...options,
      graphs: () => [graph],
    });
    expect(html).toContain('<td>5432 to 5432/tcp, from any network</td>');
    expect(html).toContain('<td>db (healthy)</td>');
    expect(html).toContain('app, 3 replicas');
    expect(html).toContain('<span class="high">1 high</span>');
    expect(html).toContain('<g class="service worst-high" data-node="0">');
    expect(html).toContain('<g class="service worst-none" data-node="1">');
  });

  test('of two projects with a service of one name, each has its own colour', () => {
    const graphs = ['a/', 'b/'].map((place) => ({ ...graphOf([service('web')]), place }));
    const findings = [{ ...exposed, file: 'b/compose.yaml', service: 'web' }];
    const html = renderHtml(verdict({ findings, files: ['a/compose.yaml', 'b/compose.yaml'] }), {
      ...options,
      graphs: () => graphs,
    });
    const wide = html.match(/class="service worst-[a-z]+"/g) ?? [];
    expect(wide).toEqual(['none', 'none', 'high', 'high'].map((worst) => `class="service worst-${worst}"`));
  });

  test('a thousand services are told as a table, soon', () => {
    const services = Array.from({ length: 1000 }, (_, index) => service(`s${index}`));
    const began = performance.now();
    const html = renderHtml(verdict({ files: ['compose.yaml'] }), { ...options, graphs: () => [graphOf(services)] });
    expect(performance.now() - began).toBeLessThan(2000);
    expect(html).toContain('1000 services are too many for a drawing');
    expect(html).toContain('<th scope="row">s999</th>');
  });
});

test('the same verdict, the same page', () => {
  const one = pageOf(memoryFiles({ 'compose.yaml': bigCompose(10) })).html;
  expect(pageOf(memoryFiles({ 'compose.yaml': bigCompose(10) })).html).toBe(one);
});
