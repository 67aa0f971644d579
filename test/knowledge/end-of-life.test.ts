import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOfLife } from '../../src/knowledge/end-of-life.ts';
import { latestMeans } from '../../src/knowledge/floating-tags.ts';
import { parseImageReference } from '../../src/knowledge/image-reference.ts';
import { noLongerRebuilt } from '../../src/knowledge/rebuilds.ts';

const read = (text: string) => parseImageReference(text)!;
const today = '2026-11-21';
const pinned = (text: string) =>
  Object.fromEntries(endOfLife(read(text), today).map(({ product, cycle, ended }) => [product, [cycle, ended]]));

describe('what a tag pins', () => {
  test.each<[string, Record<string, [string, boolean]>]>([
    ['node:20-alpine3.19', { node: ['20', true], alpine: ['3.19', true] }],
    ['node:22.11.0-bookworm-slim', { node: ['22', false], debian: ['12', true] }],
    ['node:24-trixie', { node: ['24', false], debian: ['13', false] }],
    ['node:lts-hydrogen', { node: ['18', true] }],
    ['node:iron-alpine', { node: ['20', true] }],
    ['python:3.9.18-slim-bullseye', { python: ['3.9', true], debian: ['11', true] }],
    ['python:3.13', { python: ['3.13', false] }],
    ['golang:1.22-alpine', { go: ['1.22', true] }],
    ['php:7.4-fpm', { php: ['7.4', true] }],
    [
      'wordpress:6.8-php8.1-fpm-alpine',
      { wordpress: ['6.8', expect.any(Boolean) as unknown as boolean], php: ['8.1', true] },
    ],
    ['postgres:9.6.2', { postgres: ['9.6', true] }],
    ['postgres:16.4-alpine3.20', { postgres: ['16', false], alpine: ['3.20', true] }],
    ['postgis/postgis:13-3.4', { postgres: ['13', true] }],
    ['timescale/timescaledb:latest-pg12', { postgres: ['12', true] }],
    ['mysql:8.0.36', { mysql: ['8.0', true] }],
    ['mariadb:10.6-jammy', { mariadb: ['10.6', true], ubuntu: ['22.04', false] }],
    [
      'tomcat:9.0-jdk11-temurin-focal',
      { tomcat: ['9.0', false], 'eclipse-temurin': ['11', false], ubuntu: ['20.04', true] },
    ],
    ['maven:3.9-eclipse-temurin-17', { 'eclipse-temurin': ['17', false] }],
    ['eclipse-temurin:17.0.20_8-jre-alpine-3.21', { 'eclipse-temurin': ['17', false], alpine: ['3.21', true] }],
    ['mcr.microsoft.com/dotnet/aspnet:6.0-jammy', { dotnet: ['6', true], ubuntu: ['22.04', false] }],
    ['mcr.microsoft.com/dotnet/core/sdk:3.1', { dotnet: ['3.1', true] }],
    ['denoland/deno:alpine-2.5.1', { deno: ['2.5', true] }],
    ['traefik:v2.11', { traefik: ['2.11', expect.any(Boolean) as unknown as boolean] }],
    ['debian:buster-20240101-slim', { debian: ['10', true] }],
    ['debian:12.5', { debian: ['12', true] }],
    ['ubuntu:20.04', { ubuntu: ['20.04', true] }],
    ['centos:centos7', { centos: ['7', true] }],
    ['quay.io/centos/centos:stream8', { 'centos-stream': ['8', true] }],
    ['amazonlinux:2.0.20200722', { amazonlinux: ['2', true] }],
    ['nvidia/cuda:11.8.0-base-ubuntu20.04', { ubuntu: ['20.04', true] }],
    ['bitnami/postgresql:13.9.0-debian-11-r0', { postgres: ['13', true], debian: ['11', true] }],
    [
      'gcr.io/distroless/nodejs20-debian12',
      { node: ['20', true], distroless: ['nodejs-debian12', true], debian: ['12', true] },
    ],
    ['gcr.io/distroless/static-debian13', { debian: ['13', false] }],
    ['buildpack-deps:focal-scm', { ubuntu: ['20.04', true] }],
    ['redis:3.2-alpine', { redis: ['3.2', true] }],
  ])('%s', (text, expected) => {
    expect(pinned(text)).toEqual(expected);
  });

  test.each([
    ['python:2', 'python', '2.7'],
    ['mongo:4', 'mongodb', '4.4'],
    ['php:7', 'php', '7.4'],
    ['redis:5', 'redis', '5.0'],
  ])('%s floats, but only over what has ended', (text, product, cycle) => {
    expect(pinned(text)).toEqual({ [product]: [cycle, true] });
  });

  test.each([
    ['node'],
    ['node:latest'],
    ['node:alpine'],
    ['node:lts-slim'],
    ['python:3'],
    ['redis:alpine'],
    ['mysql:8'],
    ['ubuntu'],
    ['debian:stable-slim'],
    ['scratch'],
    ['acme/app:1.0-buster'],
    ['nginx:stable'],
    [`node@sha256:${'1'.repeat(64)}`],
    ['openjdk:11'],
  ])('%s pins nothing that could end', (text) => {
    expect(endOfLife(read(text), today)).toEqual([]);
  });
});

describe('the day it ends', () => {
  const debian11 = read('debian:11');

  test('comes from the table, with extended support and the page', () => {
    expect(endOfLife(debian11, today)).toEqual([
      {
        product: 'debian',
        label: 'Debian',
        cycle: '11',
        eol: '2024-08-14',
        ended: true,
        since: '2024-08-14',
        extended: '2026-08-31',
        latest: '11.11',
        longTerm: false,
        source: 'https://endoflife.date/debian',
      },
    ]);
  });

  test('is the last day of support, by the day that is passed in', () => {
    expect(endOfLife(debian11, '2024-08-13')[0]).toMatchObject({ ended: false });
    expect(endOfLife(debian11, '2024-08-14')[0]).toMatchObject({ ended: false });
    expect(endOfLife(debian11, '2024-08-14')[0]?.since).toBeUndefined();
    expect(endOfLife(debian11, '2024-08-15')[0]).toMatchObject({ ended: true, since: '2024-08-14' });
  });

  test('may be unknown, or not set yet', () => {
    expect(endOfLife(read('node:0.12'), today)[0]).toMatchObject({ eol: true, ended: true });
    expect(endOfLife(read('node:0.12'), today)[0]?.since).toBeUndefined();
    expect(endOfLife(read('redis:8.4'), today)[0]).toMatchObject({ eol: false, ended: false });
  });

  test('long-term lines are marked', () => {
    expect(endOfLife(read('node:24'), today)[0]?.longTerm).toBe(true);
    expect(endOfLife(read('node:25'), today)[0]?.longTerm).toBe(false);
  });

  test('what has ended stays ended', () => {
    const tags = fc.constantFrom(
      'node:18',
      'python:3.8',
      'debian:bullseye',
      'postgres:13',
      'ubuntu:20.04',
      'php:8.1-alpine3.19',
    );
    const days = fc
      .date({ min: new Date('2015-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(tags, days, days, (text, first, second) => {
        const [early, late] = [first, second].sort() as [string, string];
        const ended = new Set(
          endOfLife(read(text), late)
            .filter((found) => found.ended)
            .map(({ product }) => product),
        );
        for (const found of endOfLife(read(text), early)) if (found.ended) expect(ended).toContain(found.product);
      }),
    );
  });
});

test.each([
  ['node:20-alpine', true],
  ['node:22', false],
  ['node:22-alpine3.20', true],
  ['python:3.9', true],
  ['python:3.12-slim-buster', true],
  ['python:3.12-alpine3.24', false],
  ['mysql:8.0.36', true],
  ['mysql:8', false],
  ['mysql:8.4', false],
  ['nginx:1.27', true],
  ['nginx', false],
  ['openjdk:17', true],
  ['openjdk:28-ea', false],
  ['centos:7', true],
  ['acme/node:18', false],
])('%s is frozen: %s', (text, isFrozen) => {
  expect(noLongerRebuilt(read(text)) !== undefined).toBe(isFrozen);
});

test('latest has surprised people', () => {
  expect(latestMeans(read('amazoncorretto'))).toEqual({ version: 'Java 8', exists: true });
  expect(latestMeans(read('elasticsearch'))).toEqual({ version: undefined, exists: false });
  expect(latestMeans(read('node:22'))).toBeUndefined();
  expect(latestMeans(read('acme/app'))).toBeUndefined();
});
