import { describe, expect, test } from 'vitest';
import { secretsGiven, secretsInEnvironment, secretsOfBuild } from '../../../src/drills/secrets/given-secrets.ts';
import { canariesFor, planted } from '../../../src/drills/secrets/plant.ts';
import { secretFilesInContext } from '../../../src/drills/secrets/secret-files.ts';
import { Search } from '../../../src/drills/secrets/traces.ts';
import { planStack } from '../../../src/stack/plan-stack.ts';
import { projectIn } from '../../stack/planned.ts';

describe('what is a secret in an environment', () => {
  test.each<[string, string | undefined]>([
    ['DB_PASSWORD=k3y-of-the-shop', 'k3y-of-the-shop'],
    ['DB_PASSWORD=postgres', 'postgres'],
    ['DATABASE_URL=postgres://app:s3cretWord@db:5432/shop', 's3cretWord'],
    ['DB_PASSWORD_FILE=/run/secrets/db', undefined],
    ['SIGNING_KEY=/run/secrets/key', undefined],
    ['API_TOKEN=', undefined],
    ['REQUIRE_PASSWORD=true', undefined],
    ['PATH=/usr/bin', undefined],
    ['GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568', undefined],
    ['PLAIN', undefined],
    ['APP_CONFIG={"db":{"host":"db","password":"word-of-the-db-1"}}', 'word-of-the-db-1'],
    ['APP_CONFIG={"db":{"passwordFile":"/run/secrets/db","password":"postgres"}}', undefined],
    ['JAVA_OPTS=-Xmx256m -Dspring.datasource.password=word-of-the-db-1', 'word-of-the-db-1'],
    ['JAVA_OPTS=-Djavax.net.ssl.trustStorePassword=changeit', undefined],
    ['APP_CONFIG={"half', undefined],
  ])('%s', (variable, value) => {
    expect(secretsInEnvironment([variable]).map((one) => one.value)).toEqual(value === undefined ? [] : [value]);
  });
});

const files = {
  'compose.yaml': `
services:
  web:
    build: { context: ., args: { NPM_TOKEN: token-of-the-build-93ac57 } }
    command: [--signing-key, key-of-arguments-77aa31]
    labels: { com.example.api-token: label-token-5512aa9c }
    environment:
      DATABASE_URL: postgres://s3cretWord1:s3cretWord1@db/shop
      PLAIN: the s3cretWord1 again
      TLS_KEY: "-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\\n-----END PRIVATE KEY-----"
    secrets: [db, { source: db, target: /etc/app/password }]
    read_only: true
  db:
    image: postgres:16
    environment: { POSTGRES_PASSWORD_FILE: /run/secrets/db, POSTGRES_USER: s3cretWord1x }
    secrets: [db]
secrets:
  db: { file: ./db.txt }
`,
  'db.txt': 's3cretWord1\n',
  Dockerfile: 'FROM alpine:3\nARG NPM_TOKEN\nENV ADMIN_PASSWORD=admin-of-the-image-1\nCOPY . .\n',
  '.env': 'SHOP_PASSWORD=word-of-the-shop-77\n',
  'docs/.env.example': 'SHOP_PASSWORD=word-of-the-shop-77\n',
  id_rsa:
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\n-----END OPENSSH PRIVATE KEY-----\n',
  'settings.env': 'PORT=3000\n',
};

function stack() {
  const project = projectIn(files);
  const plan = planStack(project);
  const services = new Map(project.services.map((service) => [service.name, service]));
  const given = new Map(plan.services.map((one) => [one.name, secretsGiven(one, services.get(one.name), project)]));
  return { project, plan, given, web: services.get('web')! };
}

test('what a service is given, and how', () => {
  const { given } = stack();
  expect(given.get('web')!.map(({ by, name }) => `${by} ${name}`)).toEqual([
    'environment DATABASE_URL',
    'environment TLS_KEY',
    'file /run/secrets/db',
    'file /etc/app/password',
    'label com.example.api-token',
    'command line --signing-key',
  ]);
  expect(given.get('db')!.map(({ name, value }) => [name, value])).toEqual([['/run/secrets/db', 's3cretWord1']]);
});

test('what its build is given', () => {
  expect(secretsOfBuild(stack().web).map(({ name, value }) => [name, value])).toEqual([
    ['NPM_TOKEN', 'token-of-the-build-93ac57'],
    ['ADMIN_PASSWORD', 'admin-of-the-image-1'],
  ]);
});

test('files of secrets that the build is sent', () => {
  const { project, web } = stack();
  expect(secretFilesInContext(web, project).map(({ path }) => path)).toEqual(['.env', 'id_rsa']);
});

describe('the stack with canaries', () => {
  const { plan, given } = stack();
  const canaries = canariesFor([...given.values()].flat());
  const { services } = planted(plan, given, canaries);
  const web = services.find(({ name }) => name === 'web')!;
  const db = services.find(({ name }) => name === 'db')!;
  const shared = canaries.get('s3cretWord1')!;

  test('the password in the address, not the user of the same name', () => {
    // Both are the distinct word: what stands anywhere is replaced too, so the user changes with it.
    expect(web.body.Env).toContain(`DATABASE_URL=postgres://${shared}:${shared}@db/shop`);
    expect(web.body.Env).toContain(`PLAIN=the ${shared} again`);
  });
  test('files in place of what was mounted, the same for all who share it', () => {
    const at = (one: typeof web) => one.files.map(({ target, text }) => [target, text]);
    expect(at(web)).toEqual([
      ['/run/secrets/db', shared],
      ['/etc/app/password', shared],
    ]);
    expect(at(db)).toEqual([['/run/secrets/db', shared]]);
    expect(web.body.HostConfig.Mounts ?? []).toEqual([]);
    expect(db.body.HostConfig.Mounts ?? []).toEqual([]);
  });
  test('words of the command and labels', () => {
    expect(web.body['Cmd']).toEqual(['--signing-key', canaries.get('key-of-arguments-77aa31')]);
    expect(web.body.Labels['com.example.api-token']).toBe(canaries.get('label-token-5512aa9c'));
  });
  test('a key keeps its form: it stays as it is', () => {
    expect(web.body.Env?.find((one) => one.startsWith('TLS_KEY='))).toContain('MIIEvQIBADANBgkqhkiG9w0BAQEFAASC');
  });
  test('nothing of the real ones is left', () => {
    const text = JSON.stringify(services);
    for (const real of ['key-of-arguments-77aa31', 'label-token-5512aa9c', '"s3cretWord1"', ':s3cretWord1@'])
      expect(text).not.toContain(real);
  });
});

test('a weak password is replaced only where its name says that it is one', () => {
  const project = projectIn({
    'compose.yaml':
      'services:\n  db:\n    image: x\n    environment: { POSTGRES_USER: postgres, POSTGRES_PASSWORD: postgres, URL: "x://postgres:postgres@h/postgres" }\n',
  });
  const plan = planStack(project);
  const given = new Map([['db', secretsGiven(plan.services[0]!, project.services[0], project)]]);
  const canaries = canariesFor(given.get('db')!);
  const canary = canaries.get('postgres');
  expect(planted(plan, given, canaries).services[0]!.body.Env).toEqual([
    'POSTGRES_USER=postgres',
    `POSTGRES_PASSWORD=${canary}`,
    `URL=x://postgres:${canary}@h/postgres`,
  ]);
});

test('where it is seen is told by name', () => {
  const search = new Search([{ name: 'KEY', text: 'canary-4711-abc' }]);
  search.inInspect({
    Config: {
      Env: ['KEY=canary-4711-abc', 'OTHER=1'],
      Cmd: ['x', 'canary-4711-abc'],
      Labels: { 'a.b': 'canary-4711-abc' },
      Healthcheck: { Test: ['CMD', 'canary-4711-abc'] },
    },
    State: { Health: { Log: [{ Output: 'said canary-4711-abc' }] } },
    Other: { Field: [{ deep: 'canary-4711-abc' }] },
  });
  search.in('its log', 'nothing');
  expect(search.traces.map(({ place }) => place)).toEqual([
    'its environment (docker inspect: KEY)',
    'its command line (docker inspect)',
    'its label a.b',
    'its health test (docker inspect)',
    'the log of its health test',
    'docker inspect: Other.Field.deep',
  ]);
  expect(JSON.stringify(search.traces)).not.toContain('canary');
});
