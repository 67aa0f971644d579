import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalName } from '../../src/knowledge/image-mirrors.ts';
import { effectiveTag, parseImageReference } from '../../src/knowledge/image-reference.ts';

const hex = 'a'.repeat(64);

describe('parts of a reference', () => {
  test.each([
    ['node', 'docker.io', 'library/node', 'node', undefined, undefined],
    ['node:22-alpine', 'docker.io', 'library/node', 'node', '22-alpine', undefined],
    ['docker.io/node', 'docker.io', 'library/node', 'node', undefined, undefined],
    ['index.docker.io/library/node:22', 'docker.io', 'library/node', 'node', '22', undefined],
    ['bitnami/redis:7.4', 'docker.io', 'bitnami/redis', 'bitnami/redis', '7.4', undefined],
    ['localhost/app', 'localhost', 'app', 'localhost/app', undefined, undefined],
    ['localhost:5000/team/app:1', 'localhost:5000', 'team/app', 'localhost:5000/team/app', '1', undefined],
    ['gcr.io/distroless/static', 'gcr.io', 'distroless/static', 'gcr.io/distroless/static', undefined, undefined],
    [`node@sha256:${hex}`, 'docker.io', 'library/node', 'node', undefined, `sha256:${hex}`],
    [`node:22@sha256:${hex}`, 'docker.io', 'library/node', 'node', '22', `sha256:${hex}`],
    ['[::1]:5000/app:2', '[::1]:5000', 'app', '[::1]:5000/app', '2', undefined],
    ['Registry/app', 'Registry', 'app', 'Registry/app', undefined, undefined],
    ['a__b/c.d-e--f', 'docker.io', 'a__b/c.d-e--f', 'a__b/c.d-e--f', undefined, undefined],
  ])('%s', (text, registry, repository, name, tag, digest) => {
    const { text: _text, ...parts } = parseImageReference(text) ?? { text };
    expect(parts).toEqual({
      registry,
      repository,
      name,
      ...(tag === undefined ? {} : { tag }),
      ...(digest === undefined ? {} : { digest }),
    });
  });
});

test.each([
  [''],
  ['Node'],
  ['node:'],
  ['node:-x'],
  [`node:${'x'.repeat(129)}`],
  ['node@sha256:abc'],
  [`node@sha256:${hex.toUpperCase()}`],
  [`node@md5:${hex}`],
  [hex],
  ['a/b/'],
  ['/a'],
  ['a//b'],
  ['a_-b'],
  ['-a'],
  ['exa mple.com/a'],
  ['localhost:port/a'],
  [`a/${'b'.repeat(255)}`],
  ['node:22:1'],
])('Docker refuses %j', (text) => {
  expect(parseImageReference(text)).toBeUndefined();
});

test('no tag is latest, but a digest alone says nothing of the tag', () => {
  expect(effectiveTag(parseImageReference('node')!)).toBe('latest');
  expect(effectiveTag(parseImageReference(`node@sha256:${hex}`)!)).toBeUndefined();
  expect(effectiveTag(parseImageReference(`node:20@sha256:${hex}`)!)).toBe('20');
});

test.each([
  ['public.ecr.aws/docker/library/node:22', 'node'],
  ['mirror.gcr.io/library/redis', 'redis'],
  ['mirror.gcr.io/grafana/loki', 'grafana/loki'],
  ['registry.hub.docker.com/library/postgres', 'postgres'],
  ['arm64v8/python', 'python'],
  ['lscr.io/linuxserver/radarr', 'linuxserver/radarr'],
  ['registry.access.redhat.com/ubi9/ubi-minimal', 'redhat/ubi9-minimal'],
  ['registry.access.redhat.com/ubi8', 'registry.access.redhat.com/ubi8'],
  ['gitlab.example.com/group/dependency_proxy/containers/library/alpine', 'alpine'],
  ['registry.example.com/library/node', 'registry.example.com/library/node'],
  ['quay.io/prometheus/prometheus', 'prom/prometheus'],
])('%s is known as %s', (text, name) => {
  expect(canonicalName(parseImageReference(text)!)).toBe(name);
});

test('whatever is put together by the grammar is read back', () => {
  const part = fc.stringMatching(/^[a-z0-9]{1,8}(?:[._-][a-z0-9]{1,8})?$/);
  const tag = fc.option(fc.stringMatching(/^\w[\w.-]{0,20}$/), { nil: undefined });
  const host = fc.option(fc.stringMatching(/^[a-z]{1,8}\.[a-z]{2,3}(?::[0-9]{1,5})?$/), { nil: undefined });
  fc.assert(
    fc.property(host, fc.array(part, { minLength: 1, maxLength: 4 }), tag, (registry, parts, version) => {
      // Without a host, a dot in the first of several parts would make it one.
      if (registry === undefined && parts.length > 1 && /\./.test(parts[0]!)) return;
      const path = parts.join('/');
      if (registry === undefined && parts.length > 1 && parts[0] === 'localhost') return;
      const text = `${registry === undefined ? '' : `${registry}/`}${path}${version === undefined ? '' : `:${version}`}`;
      const read = parseImageReference(text);
      expect(read?.registry).toBe(registry ?? 'docker.io');
      expect(read?.repository).toBe(registry === undefined && parts.length === 1 ? `library/${path}` : path);
      expect(read?.tag).toBe(version);
    }),
  );
});

test('no text makes it throw or take long', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void parseImageReference(text)));
  const started = performance.now();
  for (const text of ['a'.repeat(1e6), 'a-'.repeat(400), `${'a.'.repeat(450)}/x`, `a${'__'.repeat(100)}/`])
    parseImageReference(text);
  expect(performance.now() - started).toBeLessThan(200);
});
