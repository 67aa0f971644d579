import { expect, test } from 'vitest';
import { renderService } from '../../src/report/service.ts';
import type { ServiceSummary } from '../../src/vocabulary/verdict.ts';

const api: ServiceSummary = {
  name: 'api',
  file: 'compose.yaml',
  image: 'unknown',
  settings: [
    { name: 'user', value: '1000:1000', from: 'compose.yaml:12', confidence: 'certain' },
    { name: 'memory limit', value: 'unlimited', from: "Docker's default", confidence: 'certain' },
    { name: 'stop signal', value: 'unknown', from: 'nothing says', confidence: 'guess' },
    {
      name: 'health check',
      value: 'wget -q --spider http://127.0.0.1/health || exit 1 every 30s',
      from: 'node:22-alpine (base image)',
      confidence: 'likely',
    },
  ],
};

test('an aligned table, long values wrapped in their column, the unknown said plainly', () => {
  expect(renderService(api, { color: false, width: 80 })).toBe(`api as it will run
image not known, from compose.yaml

setting       value                                 comes from
user          1000:1000                             compose.yaml:12
memory limit  unlimited                             Docker's default
stop signal   not known                             nothing says
health check  wget -q --spider                      node:22-alpine (base image)
              http://127.0.0.1/health || exit 1     (likely)
              every 30s

Not known: no file here says it, nor do we know it of the image.
`);
});

test('in colour, values stand out and the unknown does too', () => {
  const text = renderService(api, { color: true, width: 80 }).replaceAll('\u001b', 'ESC');
  expect(text).toContain('\nstop signal   ESC[33mnot known ');
  expect(text).toContain('ESC[1m1000:1000');
});

test('a value that is no text for a terminal is escaped', () => {
  const odd = {
    ...api,
    settings: [{ name: 'command', value: 'a\u001b]0;x\u0007', from: 'f:1', confidence: 'certain' as const }],
  };
  expect(renderService(odd, { color: false, width: 80 })).toContain('\ncommand  a\\x1b]0;x\\x07  f:1\n');
});

test('a service with nothing set', () => {
  expect(renderService({ ...api, image: 'redis:7', settings: [] }, { color: false, width: 80 })).toBe(
    'api as it will run\nimage redis:7, from compose.yaml\n\nNothing is set.\n',
  );
});

test('an address longer than its column is broken, so that the table stays one', () => {
  const value = 'https://archive.example.org/dist/tomcat/v8.0.38/bin/apache-tomcat-8.0.38.tar.gz';
  const long = { ...api, settings: [{ name: 'env URL', value, from: 'Dockerfile:9', confidence: 'certain' as const }] };
  expect(renderService(long, { color: false, width: 72 }).split('\n').slice(4)).toEqual([
    'env URL  https://archive.example.org/dist/tomcat/v8.0.38/   Dockerfile:9',
    '         bin/apache-tomcat-8.0.38.tar.gz',
    '',
  ]);
});
