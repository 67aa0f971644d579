import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discoverComposeFiles } from '../../../src/model/compose/discover.ts';
import { normalizeProjectName } from '../../../src/model/compose/project-name.ts';
import { at, child, keySpanOf, text } from '../../../src/model/compose/tree-access.ts';
import { memoryFiles } from '../../../src/read/files-memory.ts';
import { cut, load, plain, refusalCodes, refusals } from './loading.ts';

describe('variables', () => {
  test('values are interpolated, keys are not', () => {
    const project = load('services: {web: {image: "${I:-x}:$T", labels: {"$K": "$$v"}}}', { env: { T: '1', K: 'k' } });
    expect(plain(project).services.web).toMatchObject({ image: 'x:1', labels: { $K: '$v' } });
  });

  test('casts: texts become flags and numbers where the model wants them', () => {
    const project = load(
      'services: {web: {image: x, privileged: "${P}", deploy: {replicas: "${N}"}, healthcheck: {retries: "${N}"}}}',
      { env: { P: 'on', N: '3' } },
    );
    expect(plain(project).services.web).toMatchObject({
      privileged: true,
      deploy: { replicas: 3 },
      healthcheck: { retries: 3 },
    });
  });

  test('what is not set is told, with its place', () => {
    const project = load('services:\n  web:\n    image: x:${TAG}\n    hostname: "$HOST-${TAG:-ok}"\n');
    expect(project.unset.map(({ name, span }) => [name, cut(project, span)])).toEqual([
      ['TAG', '${TAG}'],
      ['HOST', '$HOST'],
    ]);
    expect(refusals(project)).toEqual([]);
  });

  test('templates are kept beside values', () => {
    const project = load('services: {web: {image: "x:${TAG:-1}", environment: ["PW=${PW:-secret}"]}}');
    expect(child(project.services.get('web'), 'image')).toMatchObject({ value: 'x:1', template: 'x:${TAG:-1}' });
    expect(child(project.services.get('web'), 'environment.PW')).toMatchObject({
      value: 'secret',
      template: '${PW:-secret}',
    });
    expect(project.interpolations.map(({ variables }) => variables)).toEqual([['TAG'], ['PW']]);
  });

  test.each([
    ['services: {web: {image: "${}"}}', 'bad-interpolation'],
    ['services: {web: {image: "${A:?say so}"}}', 'required-variable'],
    ['services: {web: {image: x, privileged: "${A:-perhaps}"}}', 'bad-value'],
  ])('%s is refused', (written, code) => {
    expect(refusalCodes(load(written))).toEqual([code]);
  });

  test('secret values never get into messages', () => {
    const project = load('services: {web: {image: x, privileged: "$S", mem_limit: "$S"}}', { env: { S: 'hunter2' } });
    expect(project.faults).toHaveLength(2);
    expect(JSON.stringify(project.faults)).not.toContain('hunter2');
  });

  test('.env is read from the project directory, and the environment wins', () => {
    const files = {
      'app/compose.yaml': 'services: {a: {image: "$A-$B"}}',
      'app/.env': 'A=file\nB=file\n',
      '.env': 'A=root\n',
    };
    expect(plain(load(files, { files: ['app/compose.yaml'], env: { B: 'env' } })).services.a.image).toBe('file-env');
    expect(
      plain(load({ ...files, 'x.env': 'A=x\nB=x\n' }, { files: ['app/compose.yaml'], envFiles: ['x.env'] })).services.a
        .image,
    ).toBe('x-x');
    expect(refusalCodes(load(files, { files: ['app/compose.yaml'], envFiles: ['gone.env'] }))).toContain(
      'missing-file',
    );
  });
});

describe('names', () => {
  test.each([
    [{ 'shop/compose.yaml': 'services: {a: {image: x}}' }, { files: ['shop/compose.yaml'] }, 'shop'],
    [{ 'compose.yaml': 'name: My Shop\nservices: {a: {image: x}}' }, {}, 'myshop'],
    [{ 'compose.yaml': 'name: "${N:-dflt}"\nservices: {a: {image: x}}' }, {}, 'dflt'],
    [{ 'compose.yaml': 'name: one\nservices: {a: {image: x}}' }, { env: { COMPOSE_PROJECT_NAME: 'two' } }, 'two'],
    [
      { 'compose.yaml': 'name: one\nservices: {a: {image: x}}' },
      { projectName: 'three', env: { COMPOSE_PROJECT_NAME: 'two' } },
      'three',
    ],
  ] as [Record<string, string>, object, string][])('%j', (files, options, name) => {
    expect(load(files, options).name).toBe(name);
  });

  test('the name can be used as a variable', () => {
    expect(
      plain(load('name: n\nservices: {a: {image: x, container_name: "${COMPOSE_PROJECT_NAME}-a"}}')).services.a
        .container_name,
    ).toBe('n-a');
  });

  test('an odd name is refused when asked for by hand', () => {
    expect(refusalCodes(load('services: {a: {image: x}}', { projectName: 'A B' }))).toEqual(['bad-project-name']);
  });

  test('normal names stay what they are', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const normal = normalizeProjectName(name);
        expect(normalizeProjectName(normal)).toBe(normal);
        expect(normal).toMatch(/^(?:[a-z0-9][a-z0-9_-]*)?$/);
      }),
    );
  });
});

describe('which files', () => {
  const find = (names: string[], env: Record<string, string> = {}) =>
    discoverComposeFiles(
      memoryFiles(Object.fromEntries(names.map((name) => [name, '']))),
      '.',
      new Map(Object.entries(env)),
    );

  test.each([
    [['docker-compose.yml', 'compose.yaml'], ['compose.yaml']],
    [['docker-compose.yaml', 'docker-compose.yml'], ['docker-compose.yml']],
    [
      ['compose.yml', 'compose.override.yaml'],
      ['compose.yml', 'compose.override.yaml'],
    ],
    [
      ['docker-compose.yml', 'docker-compose.override.yml'],
      ['docker-compose.yml', 'docker-compose.override.yml'],
    ],
    [['compose.override.yaml'], []],
    [['other.yaml'], []],
  ])('of %j: %j', (names, found) => {
    expect(find(names)).toEqual(found);
  });

  test('COMPOSE_FILE says so', () => {
    expect(find(['compose.yaml'], { COMPOSE_FILE: 'a.yaml:b/c.yaml' })).toEqual(['a.yaml', 'b/c.yaml']);
    expect(find([], { COMPOSE_FILE: 'a.yaml;b.yaml', COMPOSE_PATH_SEPARATOR: ';' })).toEqual(['a.yaml', 'b.yaml']);
  });

  test('COMPOSE_FILE and COMPOSE_PROFILES of .env count', () => {
    const project = load({
      '.env': 'COMPOSE_FILE=one.yaml:two.yaml\nCOMPOSE_PROFILES=dev\n',
      'one.yaml': 'services: {a: {image: x}}',
      'two.yaml': 'services: {b: {image: x, profiles: [dev]}}',
    });
    expect([...project.services.keys()]).toEqual(['a', 'b']);
  });

  test('a directory that COMPOSE_FILE leads to has its own .env', () => {
    const project = load({
      '.env': 'COMPOSE_FILE=app/compose.yaml\nA=here\n',
      'app/.env': 'A=there\nB=there\n',
      'app/compose.yaml': 'services: {a: {image: "$A-$B", build: .}}',
    });
    expect(project.directory).toBe('app');
    expect(plain(project).services.a).toMatchObject({ image: 'here-there', build: { context: 'app' } });
  });

  test('none at all', () => {
    expect(refusalCodes(load({}))).toEqual(['no-compose-file']);
    expect(refusalCodes(load({ 'compose.yaml': '' }))).toEqual(['empty-compose-file']);
    expect(refusalCodes(load({}, { files: ['gone.yaml'] }))).toEqual(['missing-file']);
  });
});

describe('profiles', () => {
  const text = 'services: {a: {image: x}, b: {image: x, profiles: [dev, test]}, c: {image: x, profiles: [prod]}}';
  test.each([
    [{}, ['a']],
    [{ profiles: ['test'] }, ['a', 'b']],
    [{ profiles: ['*'] }, ['a', 'b', 'c']],
    [{ env: { COMPOSE_PROFILES: 'dev,prod' } }, ['a', 'b', 'c']],
    [{ allProfiles: true }, ['a', 'b', 'c']],
  ])('%j', (options, names) => {
    const project = load(text, options);
    expect([...project.services.keys()]).toEqual(names);
    expect([...project.services.keys(), ...project.disabled.keys()].sort()).toEqual(['a', 'b', 'c']);
    expect(Object.keys(plain(project).services)).toEqual(names);
  });

  test('an inactive service is not there to depend on, unless it need not be', () => {
    const depends = (how: string) =>
      refusals(load(`services: {a: {image: x, depends_on: ${how}}, b: {image: x, profiles: [p]}}`));
    expect(depends('[b]')).toEqual(['service "a" depends on undefined service "b"']);
    expect(depends('{b: {condition: service_started, required: false}}')).toEqual([]);
  });
});

describe('the whole must fit together', () => {
  test.each([
    ['a: {hostname: h}', 'service "a" has neither an image nor a build context specified'],
    ['a: {image: x, networks: [n]}', 'service "a" refers to undefined network n'],
    ['a: {image: x, volumes: ["vv:/d"]}', 'service "a" refers to undefined volume vv'],
    ['a: {image: x, secrets: [s]}', 'service "a" refers to undefined secret s'],
    ['a: {image: x, configs: [c]}', 'service "a" refers to undefined config c'],
    ['a: {image: x, models: [m]}', 'service "a" refers to undefined model m'],
    ['a: {build: {secrets: [s]}}', 'service "a" refers to undefined build secret s'],
    ['a: {image: x, depends_on: [b]}', 'service "a" depends on undefined service "b"'],
    ['a: {image: x, network_mode: "service:b"}', 'service "b" not found for network_mode \'service:b\''],
    [
      'a: {image: x, network_mode: host, networks: [default]}',
      'service a declares mutually exclusive `network_mode` and `networks`',
    ],
    [
      'a: {image: x, healthcheck: {test: [curl, x]}}',
      'healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"',
    ],
    [
      'a: {build: {dockerfile: D, dockerfile_inline: FROM x}}',
      'service "a" declares mutually exclusive dockerfile and dockerfile_inline',
    ],
    [
      'a: {build: {platforms: [linux/arm64]}, platform: linux/amd64}',
      'service.build.platforms MUST include service.platform "linux/amd64"',
    ],
    [
      'a: {build: {additional_contexts: {o: "service:b"}}}, b: {image: x}',
      'service "a" declares non-buildable service "b" as additional contexts o',
    ],
    [
      'a: {image: x, scale: 2, deploy: {replicas: 3}}',
      "services.a: can't set distinct values on 'scale' and 'deploy.replicas'",
    ],
    ['a: {image: x, scale: -1}', 'services.a.scale: must be greater than or equal to 0'],
    [
      'a: {image: x, scale: 2, container_name: cn}',
      "services.a: can't set container_name and scale as container name must be unique",
    ],
    [
      'a: {image: x, mem_limit: 1g, deploy: {resources: {limits: {cpus: 1}}}}',
      "services.a: can't set distinct values on 'mem_limit' and 'deploy.resources.limits.memory'",
    ],
    [
      'a: {image: x, cpus: 1, deploy: {resources: {limits: {cpus: "0.5"}}}}',
      "services.a: can't set distinct values on 'cpus' and 'deploy.resources.limits.cpus'",
    ],
    [
      'a: {image: x, tmpfs: /d, volumes: [/d]}',
      'services.a.volumes[0]: target /d already mounted as services.a.tmpfs[0]',
    ],
    [
      'a: {image: x, develop: {watch: [{path: p, action: sync}]}}',
      'services.a.develop.watch: target is required for non-rebuild actions',
    ],
    [
      'a: {image: x, gpus: [{count: 1, device_ids: [q]}]}',
      'services.a: "count" and "device_ids" attributes are exclusive',
    ],
    ['a: {image: x, depends_on: [a]}', 'dependency cycle detected: a -> a'],
    [
      'a: {image: x, depends_on: [b]}, b: {image: x, depends_on: [c]}, c: {image: x, links: [a]}',
      'dependency cycle detected: a -> b -> c -> a',
    ],
  ])('%s', (services, message) => {
    expect(refusals(load(`services: {${services}}`))).toContain(message);
  });

  test('agreeing values are fine', () => {
    expect(
      refusals(
        load(
          'services: {a: {image: x, scale: 2, mem_limit: 1g, deploy: {replicas: 2, resources: {limits: {memory: 1024M}}}}}',
        ),
      ),
    ).toEqual([]);
  });

  test('a ring of 5,000 services is found without recursion running out', () => {
    const ring = Array.from(
      { length: 5000 },
      (_, index) => `s${index}: {image: x, depends_on: [s${(index + 1) % 5000}]}`,
    );
    expect(refusalCodes(load(`services: {${ring.join(', ')}}`))).toEqual(['dependency-cycle']);
  });
});

describe('every value knows where it is from', () => {
  test('through short forms, merging, extends and env files', () => {
    const project = load(
      {
        'compose.yaml':
          'services:\n  base:\n    image: "base:1"\n    ports:\n      - "127.0.0.1:8080:80"\n  web:\n    extends: base\n    environment:\n      - MODE=slow\n      - "KEEP=it"\n    env_file: v.env\n    depends_on: [base]\n    volumes:\n      - ./src:/app\n    command: serve "all of it"\n',
        'over.yaml': 'services:\n  web:\n    environment:\n      MODE: fast\n',
        'v.env': 'FROM_FILE=1\n',
      },
      { files: ['compose.yaml', 'over.yaml'] },
    );
    expect(refusals(project)).toEqual([]);
    const web = project.services.get('web');
    const source = (...path: string[]) => {
      const span = at(web, path)?.span;
      return [span?.file, cut(project, span)];
    };
    expect(source('image')).toEqual(['compose.yaml', '"base:1"']);
    expect(source('environment', 'MODE')).toEqual(['over.yaml', 'fast']);
    expect(source('environment', 'KEEP')).toEqual(['compose.yaml', 'it']);
    expect(cut(project, keySpanOf(child(web, 'environment'), 'KEEP'))).toBe('KEEP');
    expect(cut(project, keySpanOf(child(web, 'environment'), 'MODE'))).toBe('MODE');
    expect(source('environment', 'FROM_FILE')).toEqual(['v.env', '1']);
    expect(source('ports', '0', 'host_ip')).toEqual(['compose.yaml', '127.0.0.1']);
    expect(source('ports', '0', 'target')).toEqual(['compose.yaml', '80']);
    expect(source('volumes', '0', 'source')).toEqual(['compose.yaml', './src']);
    expect(source('volumes', '0', 'target')).toEqual(['compose.yaml', '/app']);
    expect(source('command', '1')).toEqual(['compose.yaml', '"all of it"']);
    expect(cut(project, keySpanOf(child(web, 'depends_on'), 'base'))).toBe('base');
    expect(text(child(web, 'networks.default'))).toBeUndefined();
  });

  test('refusals point at what is wrong', () => {
    const project = load('services:\n  web:\n    image: x\n    networks: [gone]\n    imagee: y\n');
    expect(project.faults.map(({ span }) => cut(project, span))).toEqual(['imagee', 'gone']);
  });
});

describe('whatever comes', () => {
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1.5,
      '',
      'a',
      'a=b',
      '${X',
      '$X',
      'service:a',
      '80:80',
      './a:/b',
      '/',
      '1m',
      'host',
    ),
    fc.string({ maxLength: 6 }),
  );
  const keys = fc.constantFrom(
    'services',
    'networks',
    'volumes',
    'secrets',
    'configs',
    'models',
    'include',
    'name',
    'a',
    'b',
    'image',
    'build',
    'context',
    'args',
    'environment',
    'env_file',
    'ports',
    'target',
    'depends_on',
    'extends',
    'service',
    'file',
    'external',
    'labels',
    'deploy',
    'resources',
    'limits',
    'healthcheck',
    'test',
    'command',
    'ulimits',
    'gpus',
    'ipam',
    'config',
    'default',
    'x-a',
    'path',
    'watch',
    'develop',
    'ssh',
    'devices',
    'logging',
    'dns',
    'extra_hosts',
    'pre_start',
    'driver_opts',
    'device',
    '__proto__',
    'constructor',
  );
  const tree = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 6 },
      leaf,
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(keys, tie('node'), { maxKeys: 4 }),
    ),
  })).node;

  test('the loader never throws, and its model is JSON', () => {
    fc.assert(
      fc.property(
        fc.dictionary(keys, tree, { maxKeys: 4 }),
        fc.dictionary(keys, tree, { maxKeys: 4 }),
        (first, second) => {
          const service = JSON.stringify({ services: { a: first, b: second } });
          const project = load(
            { 'compose.yaml': JSON.stringify(first), 'b.yaml': JSON.stringify(second), 'c.yaml': service },
            { files: ['compose.yaml', 'b.yaml', 'c.yaml'] },
          );
          expect(typeof JSON.stringify(plain(project))).toBe('string');
          for (const { span } of project.faults) expect(span.start).toBeLessThanOrEqual(span.end);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('loading what config prints changes nothing', () => {
    const project = load(
      'name: p\nservices: {a: {image: x, ports: ["80:80"], environment: [A=1], build: ., depends_on: [b], healthcheck: {test: t, interval: 90s}, mem_limit: 1g, volumes: ["vv:/d"]}, b: {image: y}}\nvolumes: {vv: }',
    );
    const printed = JSON.stringify(plain(project));
    expect(plain(load(printed))).toEqual(JSON.parse(printed));
  });
});
