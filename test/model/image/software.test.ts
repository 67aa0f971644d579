import { describe, expect, test } from 'vitest';
import { image } from '../reading.ts';

const has = (text: string, tool: string) => image(text).software.has(tool).presence;

describe('a program is there', () => {
  test.each([
    [
      'installed',
      'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl\n',
      'curl',
    ],
    ['installed with a version', 'FROM alpine:3.20\nRUN apk add --no-cache curl=8.9.1-r0\n', 'curl'],
    ['by a package of another name', 'FROM debian:12-slim\nRUN apt-get install -y netcat-openbsd\n', 'nc'],
    ['installed by dnf', 'FROM fedora:41\nRUN dnf install -y wget\n', 'wget'],
    ['from a variable', 'FROM alpine:3.20\nARG PACKAGES="bash curl"\nRUN apk add $PACKAGES\n', 'curl'],
    ['copied', 'FROM scratch\nCOPY --from=tools /bin/curl /usr/bin/curl\n', 'curl'],
    ['copied into a folder of programs', 'FROM scratch\nCOPY bin/probe /usr/local/bin/\n', 'probe'],
    ['downloaded', 'FROM alpine:3.20\nRUN wget -O /usr/local/bin/dumb-init https://x.example/d\n', 'dumb-init'],
    ['linked', 'FROM alpine:3.20\nRUN ln -s /opt/x/run /usr/local/bin/run\n', 'run'],
    ['of the base', 'FROM node:22\n', 'node'],
    ['of the base, as busybox', 'FROM alpine:3.20\n', 'wget'],
    ['in a parent stage', 'FROM alpine:3.20 AS a\nRUN apk add curl\nFROM a\n', 'curl'],
    ['called by its path', 'FROM alpine:3.20\nRUN apk add curl\n', '/usr/bin/curl'],
    ['installed again', 'FROM alpine:3.20\nRUN apk add curl && apk del curl\nRUN apk add curl\n', 'curl'],
    [
      'removed only by its list’s name',
      'FROM alpine:3.20\nRUN apk add curl && apk add --virtual .d gcc && apk del .d\n',
      'curl',
    ],
  ])('%s', (_, text, tool) => {
    expect(has(text, tool)).toBe('yes');
  });
});

describe('a program is not there', () => {
  test.each([
    ['in a base known not to have it', 'FROM debian:12-slim\n', 'curl'],
    ['in scratch', 'FROM scratch\nCOPY app /app\n', 'sh'],
    ['in distroless', 'FROM gcr.io/distroless/static-debian12\nCOPY app /app\n', 'sh'],
    ['once removed', 'FROM alpine:3.20\nRUN apk add curl\nRUN apk del curl\n', 'curl'],
    [
      'once its list is removed',
      'FROM alpine:3.20\nRUN apk add --no-cache --virtual .deps curl gcc && apk del .deps\n',
      'curl',
    ],
    ['once purged', 'FROM debian:12-slim\nRUN apt-get install -y curl && apt-get purge -y curl\n', 'curl'],
    [
      'in a stage that is only copied from',
      'FROM alpine:3.20 AS b\nRUN apk add curl\nFROM scratch\nCOPY --from=b /app /app\n',
      'curl',
    ],
  ])('%s', (_, text, tool) => {
    expect(has(text, tool)).toBe('no');
  });
});

describe('nobody can tell', () => {
  test.each([
    ['of an unknown base', 'FROM registry.example/base:1\n', 'curl'],
    ['of a program no table speaks of', 'FROM alpine:3.20\n', 'my-own-thing'],
    ['after make', 'FROM debian:12-slim\nRUN make install\n', 'curl'],
    ['after an archive', 'FROM scratch\nADD rootfs.tar.gz /\n', 'sh'],
    ['after a script', 'FROM debian:12-slim\nRUN sh ./setup.sh\n', 'curl'],
    [
      'after packages from an unknown variable',
      'FROM debian:12-slim\nARG EXTRA\nRUN apt-get install -y $EXTRA\n',
      'curl',
    ],
    ['after a whole file system', 'FROM scratch\nCOPY --from=rootfs / /\n', 'sh'],
    [
      'after all programs of another image',
      'FROM scratch\nCOPY --from=tools /usr/local/bin/ /usr/local/bin/\n',
      'curl',
    ],
    ['after shell that cannot be read', 'FROM debian:12-slim\nRUN echo "open\n', 'curl'],
    ['of a path of its own', 'FROM alpine:3.20\n', '/app/probe'],
    ['of a path of its own, relative', 'FROM scratch\nCOPY probe /\n', './probe'],
    ['of a file copied to where PATH may lead', 'FROM scratch\nENV PATH=/app\nCOPY probe /app/\n', 'probe'],
  ])('%s', (_, text, tool) => {
    expect(has(text, tool)).toBe('unknown');
  });
});

test('why is said with the line', () => {
  expect(image('FROM alpine:3.20\n\nRUN apk add curl\n').software.has('curl').because).toBe(
    'curl is installed at line 3',
  );
  expect(image('FROM debian:12-slim\n').software.has('curl').because).toContain('debian:12-slim');
});

test('busybox is a flavour', () => {
  expect(image('FROM alpine:3.20\n').software.has('wget').flavour).toBe('busybox');
});

test('packages are those that stay', () => {
  const text = 'FROM debian:12\nRUN apt-get install -y curl git=1:2.39 jq\nRUN apt-get remove -y git\n';
  expect(image(text).software.packages.map(({ name, manager }) => `${manager} ${name}`)).toEqual([
    'apt curl',
    'apt jq',
  ]);
});

test('words of other programs bring nothing', () => {
  expect(has('FROM debian:12-slim\nRUN npm run curl\n', 'curl')).toBe('no');
  expect(has('FROM debian:12-slim\nRUN npm ci\n', 'curl')).toBe('no');
  expect(has('FROM debian:12-slim\nRUN pip install curl-cffi gunicorn\n', 'gunicorn')).toBe('yes');
});
