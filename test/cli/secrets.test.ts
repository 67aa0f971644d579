import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildProgram, type Program } from './program.ts';

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
}, 60_000);
afterAll(() => program.remove());

/** Each stands in one place of the project below, and nowhere else. */
const secrets = {
  env: 'Tr0ub4dor-image-env-91',
  arg: 'Tr0ub4dor-build-arg-92',
  globalArg: 'Tr0ub4dor-global-arg-93',
  label: 'Tr0ub4dor-image-label-94',
  run: 'Tr0ub4dor-run-line-95',
  runUrl: 'Tr0ub4dor-run-url-96',
  cmd: 'Tr0ub4dor-cmd-line-97',
  health: 'Tr0ub4dor-health-98',
  environment: 'Tr0ub4dor-compose-env-99',
  list: 'Tr0ub4dor-compose-list-10',
  fallback: 'Tr0ub4dor-fallback-11',
  url: 'Tr0ub4dor-url-12',
  envFile: 'Tr0ub4dor-env-file-13',
  dotenv: 'Tr0ub4dor-dotenv-14',
  command: 'Tr0ub4dor-command-15',
  option: 'Tr0ub4dor-option-16',
  composeLabel: 'Tr0ub4dor-compose-label-17',
  buildArg: 'Tr0ub4dor-compose-build-arg-18',
  composeHealth: 'Tr0ub4dor-compose-health-19',
  inline: 'Tr0ub4dor-inline-20',
  aws: 'AKIAQ7RZLMT4WXP2VN3K',
  github: `ghp_${'b7Qx2LmZ9vT4kR8wPyN1cDs6JfHg3AoUeI50'}`,
} as const;

const project = {
  Dockerfile: `ARG REGISTRY_PASSWORD=${secrets.globalArg}
FROM node:22-alpine
ARG NPM_TOKEN=${secrets.arg}
ENV DB_PASSWORD=${secrets.env} MODE=production
LABEL com.example.api-key="${secrets.label}"
RUN curl -u admin:${secrets.run} https://example.com && git clone https://bot:${secrets.runUrl}@example.com/a.git
RUN echo ${secrets.github} > /root/.token
COPY . .
HEALTHCHECK CMD curl --password ${secrets.health} http://localhost:3000
CMD node server.js --password=${secrets.cmd}
`,
  'compose.yaml': `services:
  api:
    build:
      context: .
      args:
        SECRET_KEY: ${secrets.buildArg}
    env_file: api.env
    environment:
      API_SECRET: ${secrets.environment}
      DATABASE_URL: postgres://app:${secrets.url}@db:5432/app
      SESSION_SECRET: \${SESSION_SECRET:-${secrets.fallback}}
      MAIL_PASSWORD: \${MAIL_PASSWORD}
      AWS_ACCESS_KEY_ID: ${secrets.aws}
    labels:
      com.example.token: ${secrets.composeLabel}
  cache:
    image: redis:7
    command: redis-server --requirepass ${secrets.command}
    healthcheck:
      test: ["CMD", "redis-cli", "-a", "${secrets.composeHealth}", "ping"]
  db:
    image: mysql:8.4
    command: ["mysqld", "--init-password=${secrets.option}"]
    environment:
      - MYSQL_ROOT_PASSWORD=${secrets.list}
  tool:
    build:
      dockerfile_inline: |
        FROM alpine
        ENV TOOL_PASSWORD=${secrets.inline}
`,
  'api.env': `JWT_SECRET=${secrets.envFile}\n`,
  '.env': `MAIL_PASSWORD=${secrets.dotenv}\n`,
};

const commands: readonly (readonly string[])[] = [
  ['check'],
  ['check', '--verbose'],
  ['check', '--verbose', '--color', 'always'],
  ['check', '--format', 'json'],
  ['check', '--checklist'],
  ['check', 'Dockerfile', '--verbose'],
  ['check', 'compose.yaml', '--verbose', '--format', 'json'],
  ['explain', 'service:api'],
  ['explain', 'service:cache'],
  ['explain', 'service:db'],
  ['explain', 'service:tool'],
];

test.each(commands.map((args) => [args.join(' '), args] as const))('%s shows no secret', (_, args) => {
  const cwd = program.directory(project);
  const { stdout, stderr, status } = program.run(args, { cwd });
  expect([0, 1]).toContain(status);
  expect(stdout.length).toBeGreaterThan(200);
  const shown = Object.entries(secrets).filter(([, secret]) => stdout.includes(secret) || stderr.includes(secret));
  expect(shown).toEqual([]);
});

test('a Dockerfile and a Compose file from standard input show none either', () => {
  for (const input of [project.Dockerfile, project['compose.yaml']]) {
    const { stdout } = program.run(['check', '-', '--verbose'], { input });
    expect(Object.values(secrets).filter((secret) => stdout.includes(secret))).toEqual([]);
  }
});

test('a password everybody knows is masked where it stands', () => {
  const cwd = program.directory({
    'compose.yaml': 'services:\n  db:\n    image: postgres:16\n    environment: { POSTGRES_PASSWORD: hunter22 }\n',
  });
  const { stdout } = program.run(['check', '--verbose'], { cwd });
  expect(stdout).toContain('POSTGRES_PASSWORD');
  expect(stdout).not.toContain('hunter22');
});

test('what is no secret is shown', () => {
  const cwd = program.directory(project);
  const { stdout } = program.run(['explain', 'service:api'], { cwd });
  expect(stdout).toMatch(/MODE\s+production/);
});

test('in files that cannot be read a name tells', () => {
  const broken = { 'compose.yaml': 'services:\n  a: [\n  DB_PASSWORD: Tr0ub4dor-broken-21\n' };
  const strange = { Dockerfile: 'FROM alpine\nENVV API_TOKEN=Tr0ub4dor-unknown-22\n' };
  for (const files of [broken, strange]) {
    const { stdout } = program.run(['check', '--verbose'], { cwd: program.directory(files) });
    expect(stdout).toMatch(/\*\*\*|compose\.yaml/);
    expect(stdout).not.toContain('Tr0ub4dor');
  }
});
