import { expect, test } from 'vitest';
import { urlIn } from '../../src/drills/tested-url.ts';

test.each<[string, ReturnType<typeof urlIn>]>([
  ['curl -f http://localhost:3000/health', { isTls: false, port: 3000, path: '/health' }],
  ['curl -f http://localhost/ || exit 1', { isTls: false, port: undefined, path: '/' }],
  ['curl -fk https://127.0.0.1:8443/livez', { isTls: true, port: 8443, path: '/livez' }],
  ["http.request({ host: 'localhost', port: 3000, path: '/health' })", { isTls: false, port: 3000, path: '/health' }],
  ['exec 3<>/dev/tcp/127.0.0.1/8080; printf "GET /livez HTTP/1.0"', { isTls: false, port: 8080, path: '/livez' }],
  ['pg_isready -U postgres', undefined],
  ['test -f /tmp/health', undefined],
])('%s', (words, expected) => {
  expect(urlIn(words)).toEqual(expected);
});
