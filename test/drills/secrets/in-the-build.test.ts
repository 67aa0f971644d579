import { expect, test } from 'vitest';
import { secretsGiven, secretsOfBuild } from '../../../src/drills/secrets/given-secrets.ts';
import { secretFilesInContext } from '../../../src/drills/secrets/secret-files.ts';
import { planStack } from '../../../src/stack/plan-stack.ts';
import { projectIn } from '../../stack/planned.ts';

const compose = 'services:\n  web:\n    build: .\n';

test.each<[string, string[]]>([
  ['RUN echo "db_password=word-of-the-db-1" > /etc/app.ini', ['word-of-the-db-1']],
  ['RUN API_TOKEN=token-of-the-build-7 ./install.sh', ['token-of-the-build-7']],
  ['RUN git clone https://me:word-of-the-hub-1@git.example.com/x.git', ['word-of-the-hub-1']],
  ['RUN ./install.sh --password=changeme --token=$TOKEN --api-key="${KEY}"', []],
  ['RUN --mount=type=secret,id=token TOKEN=$(cat /run/secrets/token) ./install.sh', []],
  ['RUN useradd --uid 10001 --password "" app', []],
])('secrets of %s', (line, values) => {
  const project = projectIn({ 'compose.yaml': compose, Dockerfile: `FROM alpine:3\n${line}\n` });
  expect(secretsOfBuild(project.services[0]!).map(({ value }) => value)).toEqual(values);
});

test.each<[string, string, boolean]>([
  ['config.json', '{ "db": { "host": "db", "password": "word-of-the-db-1" } }', true],
  ['config/production.yaml', 'db:\n  password: word-of-the-db-1\n', true],
  ['config.json', '{ "db": { "passwordFile": "/run/secrets/db", "password": "changeme" } }', false],
  ['config.json', '{ "labels": { "password": "Please type your password" } }', false],
  ['config.json', '{ "db": { "password": "${DB_PASSWORD}" } }', false],
  ['locales/config.json', '{ "password": "Mot-de-passe1" }', false],
  ['package.json', '{ "password": "word-of-the-db-1" }', false],
])('%s with %s in the image', (path, text, isSecret) => {
  const project = projectIn({ 'compose.yaml': compose, Dockerfile: 'FROM alpine:3\nCOPY . .\n', [path]: text });
  expect(secretFilesInContext(project.services[0]!, project).length > 0).toBe(isSecret);
});

test('a file that is mounted where secrets are, or that a variable points to, is one', () => {
  const project = projectIn({
    'compose.yaml': `
services:
  web:
    image: x
    environment: { TOKEN_FILE: /etc/web/token, LOG_FILE: /var/log/web }
    volumes: ["./db.txt:/run/secrets/db:ro", "./token.txt:/etc/web/token:ro", "./log.txt:/var/log/web"]
`,
    'db.txt': 'word-of-the-db-1\n',
    'token.txt': 'token-of-the-web-1\n',
    'log.txt': 'line-of-the-log-1\n',
  });
  const given = secretsGiven(planStack(project).services[0]!, project.services[0], project);
  expect(given.map(({ name, value }) => [name, value])).toEqual([
    ['/run/secrets/db', 'word-of-the-db-1'],
    ['/etc/web/token', 'token-of-the-web-1'],
  ]);
});
