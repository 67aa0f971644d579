import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findEndpoint } from '../../src/engine/endpoint.ts';

let folder = '';
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seaworthy-endpoint-'));
  const context = (name: string, host: string, skip = false) => {
    const id = createHash('sha256').update(name).digest('hex');
    fs.mkdirSync(path.join(folder, 'contexts/meta', id), { recursive: true });
    const meta = { Name: name, Endpoints: { docker: { Host: host, SkipTLSVerify: skip } } };
    fs.writeFileSync(path.join(folder, 'contexts/meta', id, 'meta.json'), JSON.stringify(meta));
    return id;
  };
  context('ship', 'ssh://deploy@ship.example');
  const tls = path.join(folder, 'contexts/tls', context('harbour', 'tcp://harbour.example:2376', true), 'docker');
  fs.mkdirSync(tls, { recursive: true });
  for (const name of ['ca', 'cert', 'key']) fs.writeFileSync(path.join(tls, `${name}.pem`), name);
  for (const name of ['ca', 'cert']) fs.writeFileSync(path.join(folder, `${name}.pem`), `own ${name}`);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const find = (environment: Record<string, string>, options: { host?: string; context?: string } = {}) =>
  findEndpoint({ ...options, environment: { DOCKER_CONFIG: folder, ...environment } });

test.each([
  ['an address', { DOCKER_HOST: 'tcp://10.0.0.5:2375' }, {}, 'tcp://10.0.0.5:2375', 'DOCKER_HOST'],
  ['an address without a scheme', { DOCKER_HOST: '10.0.0.5:2375' }, {}, 'tcp://10.0.0.5:2375', 'DOCKER_HOST'],
  ['a path', { DOCKER_HOST: '/run/user/7/docker.sock' }, {}, 'unix:///run/user/7/docker.sock', 'DOCKER_HOST'],
  ['a context', { DOCKER_CONTEXT: 'ship' }, {}, 'ssh://deploy@ship.example', 'context "ship"'],
  [
    'DOCKER_HOST beats DOCKER_CONTEXT',
    { DOCKER_CONTEXT: 'ship', DOCKER_HOST: 'unix:///a' },
    {},
    'unix:///a',
    'DOCKER_HOST',
  ],
  [
    'a flag beats both',
    { DOCKER_CONTEXT: 'ship', DOCKER_HOST: 'unix:///a' },
    { host: 'unix:///b' },
    'unix:///b',
    '--host',
  ],
  [
    'a named context beats DOCKER_HOST',
    { DOCKER_HOST: 'unix:///a' },
    { context: 'ship' },
    'ssh://deploy@ship.example',
    'context "ship"',
  ],
])('%s', (_, environment, options, host, from) => {
  expect(find(environment as Record<string, string>, options)).toEqual({ host, from });
});

test('the context that `docker context use` has chosen', () => {
  fs.writeFileSync(path.join(folder, 'config.json'), JSON.stringify({ currentContext: 'ship' }));
  expect(find({}).host).toBe('ssh://deploy@ship.example');
  fs.rmSync(path.join(folder, 'config.json'));
  expect(find({})).toMatchObject({ from: 'the default' });
});

test('certificates of a context, and of DOCKER_CERT_PATH', () => {
  expect(find({ DOCKER_CONTEXT: 'harbour' }).tls).toEqual({ ca: 'ca', cert: 'cert', key: 'key', verify: false });
  const own = { DOCKER_HOST: 'tcp://h:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder };
  expect(find(own).tls).toEqual({ ca: 'own ca', cert: 'own cert', key: undefined, verify: true });
  expect(find({ DOCKER_HOST: 'tcp://h:2375' }).tls).toBeUndefined();
});

test('a context that is not there is told', () => {
  expect(() => find({ DOCKER_CONTEXT: 'gone' })).toThrow('there is no Docker context "gone"');
});

test('a configuration that is no JSON is as none', () => {
  fs.writeFileSync(path.join(folder, 'config.json'), '{');
  expect(find({}).from).toBe('the default');
  fs.rmSync(path.join(folder, 'config.json'));
});
