import { describe, expect, test } from 'vitest';
import { check } from '../../../src/index.ts';
import { parseImageReference } from '../../../src/knowledge/image-reference.ts';
import { isAllowed } from '../../../src/rules/allowed-registry.ts';

describe('registries that are allowed', () => {
  for (const [image, entry, allowed] of [
    ['node:22', 'docker.io', true],
    ['node:22', 'hub.docker.com', true],
    ['node:22', 'docker.io/library', true],
    ['bitnami/redis:8', 'docker.io/library', false],
    ['bitnami/redis:8', 'bitnami', true],
    ['bitnamilegacy/redis:8', 'bitnami', false],
    ['ghcr.io/acme/api:1', 'ghcr.io', true],
    ['ghcr.io/acme/api:1', 'GHCR.io/acme/', true],
    ['ghcr.io/acme/api:1', 'https://ghcr.io/acme', true],
    ['ghcr.io/acmecorp/api:1', 'ghcr.io/acme', false],
    ['registry.example.com:5000/api', 'registry.example.com:5000', true],
    ['registry.example.com:5000/api', 'registry.example.com', false],
    ['eu.registry.example.com/api', '*.example.com', true],
    ['example.com/api', '*.example.com', false],
    ['eu-docker.pkg.dev/acme/api', 'eu-*.dev/acme', true],
    ['quay.io/acme/api', '*', true],
    ['localhost:5000/api', 'localhost', false],
  ] as const)
    test(`${image} by ${entry}: ${allowed}`, () => {
      const reference = parseImageReference(image);
      expect(reference && isAllowed(reference, [entry])).toBe(allowed);
    });

  test('a long pattern of stars takes no time', () => {
    const reference = parseImageReference(`${'a'.repeat(200)}.example.com/x`);
    expect(reference && isAllowed(reference, [`${'*a'.repeat(5000)}b`])).toBe(false);
  });
});

const Dockerfile = 'FROM quay.io/acme/api:1\n';
const found = async (files: Record<string, string>, options = {}) =>
  (await check({ files }, { only: ['project/unlisted-registry'], ...options })).findings.filter(
    ({ rule }) => rule === 'project/unlisted-registry',
  ).length;

test("hadolint's list counts where ours is missing", async () => {
  const theirs = { '.hadolint.yaml': 'trustedRegistries: [docker.io]\n' };
  expect(await found({ Dockerfile, ...theirs })).toBe(1);
  expect(await found({ Dockerfile, ...theirs, 'seaworthy.yaml': 'fail-on: high\n' })).toBe(1);
  expect(await found({ Dockerfile, ...theirs, 'seaworthy.yaml': 'registries: [quay.io]\n' })).toBe(0);
  expect(await found({ Dockerfile, ...theirs }, { config: false })).toBe(0);
  expect(await found({ Dockerfile, '.hadolint.yaml': 'trustedRegistries: {a: [}\n' })).toBe(0);
});

test('a configuration given as an object', async () => {
  expect(await found({ Dockerfile }, { config: { registries: ['ghcr.io'] } })).toBe(1);
  expect(await found({ Dockerfile }, { config: { registries: ['quay.io/acme'] } })).toBe(0);
});
