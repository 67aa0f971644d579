import { describe, expect, test } from 'vitest';
import { image } from '../reading.ts';

const find = (text: string, name: string) => image(text).accounts.find(name);

describe('accounts that lines create', () => {
  test.each([
    ['useradd app', undefined],
    ['useradd -u 1001 app', 1001],
    ['useradd --uid 1001 app', 1001],
    ['useradd --uid=1001 app', 1001],
    ['useradd -ms /bin/bash app', undefined],
    ['useradd -rm -u 1001 -g 0 -s /sbin/nologin app', 1001],
    ['/usr/sbin/useradd -c "the app" app', undefined],
    ['adduser -D app', undefined],
    ['adduser -S -D -H -u 1001 -G staff app', 1001],
    ['adduser -g "" -h /srv -s /bin/false app', undefined],
    ['adduser --disabled-password --gecos "" --uid 1001 app', 1001],
    ['adduser --system --group app', undefined],
    ['addgroup -S app && adduser -S app -G app', undefined],
    ['getent passwd app || useradd -r app', undefined],
    ['sudo useradd app', undefined],
    ['["useradd", "-u", "1001", "app"]', 1001],
  ])('RUN %s', (line, uid) => {
    expect(find(`FROM debian:12\nRUN ${line}\n`, 'app')).toEqual({
      presence: 'yes',
      uid,
      from: 'a line of the Dockerfile',
    });
  });

  test('through variables', () => {
    expect(find('FROM debian:12\nARG WHO=app ID=1500\nRUN useradd -u $ID ${WHO}\n', 'app').uid).toBe(1500);
  });

  test('in a stage that the image is made from', () => {
    expect(find('FROM debian:12 AS base\nRUN useradd -u 77 app\nFROM base\n', 'app').uid).toBe(77);
  });

  test('but not in a stage that is only copied from', () => {
    const text = 'FROM alpine:3.20 AS build\nRUN adduser -D app\nFROM alpine:3.20\nCOPY --from=build /x /x\n';
    expect(find(text, 'app').presence).toBe('no');
  });

  test('adding a user to a group creates none', () => {
    expect(image('FROM alpine:3.20\nRUN adduser app wheel\n').accounts.created).toEqual([]);
  });

  test('are listed in order, with their line', () => {
    const text = 'FROM alpine:3.20\nRUN adduser -D one\nRUN adduser -D two\n';
    const { created, usable } = image(text).accounts;
    expect(created.map(({ name, span }) => [name, text.slice(span.start, span.end)])).toEqual([
      ['one', 'adduser -D one'],
      ['two', 'adduser -D two'],
    ]);
    expect(usable?.name).toBe('two');
  });
});

describe('find', () => {
  test('a number needs no account', () => {
    expect(find('FROM scratch\n', '65532')).toMatchObject({ presence: 'yes', uid: 65532 });
  });

  test.each([
    ['debian:12', 'www-data', 33],
    ['debian:12', 'nobody', 65534],
    ['alpine:3.20', 'guest', 405],
    ['node:22', 'node', 1000],
    ['nginx:1.27', 'nginx', 101],
    ['alpine:3.20', 'root', 0],
  ])('%s has %s', (base, name, uid) => {
    expect(find(`FROM ${base}\n`, name)).toMatchObject({ presence: 'yes', uid });
  });

  test('what a known base has not, and no line makes, is not there', () => {
    expect(find('FROM alpine:3.20\nRUN true\n', 'app').presence).toBe('no');
    expect(find('FROM scratch\n', 'app').presence).toBe('no');
  });

  test.each([
    ['an unknown base', 'FROM registry.example/base:1\n'],
    ['a passwd that is copied', 'FROM scratch\nCOPY passwd /etc/passwd\n'],
    ['a passwd that is written to', 'FROM alpine:3.20\nRUN echo app:x:1:1::/: >> /etc/passwd\n'],
    ['a whole file system', 'FROM scratch\nCOPY --from=rootfs / /\n'],
    ['a package that makes accounts', 'FROM alpine:3.20\nRUN apk add postgresql16\n'],
    ['a name from a variable', 'FROM alpine:3.20\nARG WHO\nRUN adduser -D $WHO\n'],
    ['a line that is not shell', 'FROM alpine:3.20\nRUN echo "open\n'],
  ])('behind %s nothing is certain', (_, text) => {
    expect(find(text, 'app').presence).toBe('unknown');
  });

  test('root is in every image', () => {
    expect(find('FROM registry.example/base:1\n', 'root')).toMatchObject({ presence: 'yes', uid: 0 });
  });

  test('an account that a line takes away is gone', () => {
    expect(find('FROM node:22\nRUN userdel -r node\n', 'node').presence).toBe('no');
    expect(find('FROM node:22\nRUN userdel -r node && useradd -u 7 node\n', 'node').uid).toBe(7);
    expect(find('FROM node:22-alpine\nRUN deluser --remove-home node\n', 'node').presence).toBe('no');
    expect(find('FROM node:22\nRUN deluser node users\n', 'node').presence).toBe('yes');
    expect(image('FROM node:22\nRUN userdel node\n').accounts.usable).toBeUndefined();
  });
});

test('usable is the base’s own account where no line makes one', () => {
  expect(image('FROM node:22-alpine\n').accounts.usable).toMatchObject({ name: 'node', uid: 1000 });
  expect(image('FROM debian:12\n').accounts.usable).toBeUndefined();
});
