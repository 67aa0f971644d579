import { describe, expect, test } from 'vitest';
import { project, service, textAt } from './reading.ts';

const names = (files: Readonly<Record<string, string>>, options = {}) =>
  project(files, options).services.map(({ name }) => name);

describe('lone Dockerfiles', () => {
  test('are services, named as people would', () => {
    expect(
      names({
        Dockerfile: 'FROM a\n',
        'Dockerfile.worker': 'FROM a\n',
        'cron.Dockerfile': 'FROM a\n',
        'api/Dockerfile': 'FROM a\n',
        'api/Dockerfile.prod': 'FROM a\n',
        Containerfile: 'FROM a\n',
      }).sort(),
    ).toEqual(['api', 'api/prod', 'cron', 'image', 'image', 'worker']);
  });

  test('are not looked for among installed packages, notes, templates and hidden folders', () => {
    expect(
      names({
        'node_modules/x/Dockerfile': 'FROM a\n',
        '.git/Dockerfile': 'FROM a\n',
        'Dockerfile.dockerignore': '*\n',
        'Dockerfile.md': '#\n',
        'Dockerfile.j2': 'FROM {{ x }}\n',
        'dockerfile-notes.txt': 'x\n',
      }),
    ).toEqual([]);
  });

  test('that a service builds are not lone', () => {
    const files = { 'compose.yaml': 'services:\n  web: { build: ./api }\n', 'api/Dockerfile': 'FROM a\n' };
    expect(names(files)).toEqual(['web']);
  });

  test('beside a Compose file are judged too', () => {
    const files = {
      'compose.yaml': 'services:\n  web: { image: x }\n',
      'worker/Dockerfile': 'FROM a\n',
    };
    expect(names(files)).toEqual(['web', 'worker']);
    expect(names(files, { compose: { files: ['compose.yaml'] } })).toEqual(['web']);
    expect(names(files, { dockerfiles: ['worker/Dockerfile'] })).toEqual(['worker']);
  });

  test('point at the FROM that is built', () => {
    const files = { Dockerfile: 'FROM a AS x\nFROM b\n' };
    const [only] = project(files).services;
    expect(textAt(only?.nameSpan, files)).toBe('b');
    expect(only).toMatchObject({ compose: undefined, composeModel: undefined, ports: [] });
  });

  test('without a stage are services all the same', () => {
    expect(project({ Dockerfile: '' }).services[0]).toMatchObject({ privilege: 'unknown', user: undefined });
  });
});

describe('builds', () => {
  const build = (attributes: string, files: Readonly<Record<string, string>> = {}) =>
    service({ 'compose.yaml': `services:\n  a:\n    build: ${attributes}\n`, ...files }, 'a').build!;

  test('a context with its Dockerfile', () => {
    expect(build('./api', { 'api/Dockerfile': 'FROM a\n' }).dockerfile).toMatchObject({
      file: 'api/Dockerfile',
      context: 'api',
    });
  });

  test('a Dockerfile of another name, relative to the context', () => {
    const files = { 'api/x': '', 'docker/api.Dockerfile': 'FROM a\n' };
    expect(build('{ context: ./api, dockerfile: ../docker/api.Dockerfile }', files).dockerfile?.file).toBe(
      'docker/api.Dockerfile',
    );
  });

  test('a target and arguments', () => {
    const files = { Dockerfile: 'ARG BASE\nFROM $BASE AS dev\nUSER one\nFROM $BASE AS prod\nUSER two\n' };
    const { dockerfile, target } = build('{ context: ., target: dev, args: { BASE: "alpine:3.20" } }', files);
    expect(target?.value).toBe('dev');
    expect(dockerfile?.target?.from.text).toBe('alpine:3.20');
    expect(dockerfile?.target?.name).toBe('dev');
  });

  test('arguments as a list', () => {
    const files = { Dockerfile: 'ARG BASE=x\nFROM $BASE\n' };
    expect(build('{ context: ., args: ["BASE=alpine:3.20"] }', files).dockerfile?.target?.from.text).toBe(
      'alpine:3.20',
    );
  });

  test('a target that is missing', () => {
    expect(build('{ context: ., target: nope }', { Dockerfile: 'FROM a\n' }).dockerfile).toMatchObject({
      target: undefined,
      missingTarget: 'nope',
    });
  });

  test('a context that is missing', () => {
    const { dockerfile, missing } = build('./nowhere');
    expect(dockerfile).toBeUndefined();
    expect(missing?.what).toBe('build context "nowhere"');
    expect(missing?.span.file).toBe('compose.yaml');
  });

  test('a Dockerfile that is missing', () => {
    expect(build('{ context: ., dockerfile: Dockerfile.prod }').missing?.what).toBe('Dockerfile "Dockerfile.prod"');
  });

  test.each([
    'https://github.com/example/app.git#main',
    'git@github.com:example/app.git',
    'ssh://git@example.com/app.git',
    'github.com/example/app',
  ])('%s is not looked for on the disk', (context) => {
    expect(build(JSON.stringify(context))).toMatchObject({ dockerfile: undefined, missing: undefined });
  });

  test('two services may build two targets of one file', () => {
    const { services, dockerfiles } = project({
      'compose.yaml':
        'services:\n  a: { build: { context: ., target: x } }\n  b: { build: { context: ., target: y } }\n',
      Dockerfile: 'FROM a AS x\nUSER one\nFROM b AS y\nUSER two\nBROKEN\n',
    });
    expect(services.map(({ user }) => user?.value)).toEqual(['one', 'two']);
    expect(dockerfiles).toHaveLength(2);
  });

  test('its faults are told once', () => {
    const { faults } = project({
      'compose.yaml': 'services:\n  a: { build: . }\n  b: { build: . }\n',
      Dockerfile: 'FROM a\nBROKEN\n',
    });
    expect(faults.filter(({ code }) => code === 'unknown-instruction')).toHaveLength(1);
  });
});

describe('dockerfile_inline', () => {
  const files = {
    'compose.yaml': `services:
  a:
    build:
      dockerfile_inline: |
        FROM alpine:3.20
        USER app
`,
  };

  test('is read as a Dockerfile of its own', () => {
    const { services, inline } = project(files);
    expect(services[0]?.user?.value).toBe('app');
    expect([...inline.keys()]).toEqual(['compose.yaml#a']);
    expect(textAt(inline.get('compose.yaml#a'), files)).toMatch(/^\|\n {8}FROM alpine:3\.20/);
  });

  test('spans are of its own text', () => {
    const { services, sources } = project(files);
    const origin = services[0]?.user?.from;
    const span = origin?.kind === 'file' ? origin.span : undefined;
    expect(span?.file).toBe('compose.yaml#a');
    expect(sources.get('compose.yaml#a')?.text.slice(span?.start, span?.end)).toBe('app');
  });
});

describe('build contexts', () => {
  test('leave out what .dockerignore says', () => {
    const { contexts } = project({ Dockerfile: 'FROM a\n', '.dockerignore': 'secret\n', secret: '', open: '' });
    const context = contexts.get('.');
    expect(context?.ignores('secret')).toBe(true);
    expect(context?.ignores('open')).toBe(false);
    expect(context?.kind('secret')).toBe('file');
    expect(context?.entries().map(({ path }) => path)).toEqual(['.dockerignore', 'Dockerfile', 'open']);
  });

  test('each Dockerfile may have an ignore file of its own', () => {
    const files = {
      'compose.yaml':
        'services:\n  a: { build: . }\n  b: { build: { context: ., dockerfile: b.Dockerfile } }\n  c: { build: { context: ., dockerfile: c.Dockerfile } }\n',
      Dockerfile: 'FROM a\n',
      'b.Dockerfile': 'FROM a\n',
      'b.Dockerfile.dockerignore': 'b\n',
      'c.Dockerfile': 'FROM a\n',
      '.dockerignore': 'a\n',
    };
    const read = project(files);
    const contexts = read.dockerfiles.map((dockerfile) => read.contextOf(dockerfile));
    expect(
      contexts.map((context) => [context?.ignoreFile?.path, context?.ignores('a'), context?.ignores('b')]),
    ).toEqual([
      ['.dockerignore', true, false],
      ['b.Dockerfile.dockerignore', false, true],
      ['.dockerignore', true, false],
    ]);
    expect(contexts[0]).toBe(contexts[2]);
    expect(contexts[0]).toBe(read.contexts.get('.'));
  });

  test('of a remote build are none', () => {
    const read = project({
      'compose.yaml':
        'services:\n  a:\n    build: { context: "https://x.example/a.git", dockerfile_inline: "FROM a" }\n',
    });
    expect(read.contextOf(read.dockerfiles[0]!)).toBeUndefined();
    expect(read.contexts.size).toBe(0);
  });
});

describe('a project of nothing', () => {
  test('has nothing', () => {
    expect(project({})).toMatchObject({ compose: undefined, services: [], dockerfiles: [], faults: [], unread: [] });
  });

  test('but COMPOSE_FILE in .env is followed', () => {
    const files = { '.env': 'COMPOSE_FILE=stack/prod.yaml\n', 'stack/prod.yaml': 'services:\n  a: { image: x }\n' };
    expect(names(files)).toEqual(['a']);
  });
});

test('faults of Compose and of Dockerfiles are put together', () => {
  const { faults } = project({
    'compose.yaml': 'services:\n  a: { build: ., nonsense: 1 }\n',
    Dockerfile: 'FROM a\nBROKEN\n',
  });
  expect(faults.filter(({ refused }) => refused).map(({ span }) => span.file)).toEqual(['compose.yaml', 'Dockerfile']);
});
