import { describe, expect, test } from 'vitest';
import { load, plain, refusalCodes, refusals } from './loading.ts';

describe('extends', () => {
  test('another service, and one that extends in turn', () => {
    const project = load(
      'services: {a: {image: x, labels: [l=1]}, b: {extends: a, labels: [m=2]}, c: {extends: {service: b}, hostname: h}}',
    );
    expect(refusals(project)).toEqual([]);
    expect(plain(project).services.c).toMatchObject({ image: 'x', labels: { l: '1', m: '2' }, hostname: 'h' });
  });

  test('a service of another file brings its paths along', () => {
    const project = load({
      'compose.yaml': 'services: {web: {extends: {file: base/base.yaml, service: web}}}',
      'base/base.yaml':
        'services: {web: {build: ., volumes: ["./d:/d"], env_file: v.env, extends: {file: ../deep/deep.yaml, service: root}}}',
      'base/v.env': 'A=1\n',
      'deep/deep.yaml': 'services: {root: {hostname: h, build: {context: ./ctx, target: t}, label_file: l.txt}}',
      'deep/l.txt': 'K=v\n',
    });
    expect(refusals(project)).toEqual([]);
    expect(plain(project).services.web).toMatchObject({
      hostname: 'h',
      build: { context: 'base', target: 't' },
      volumes: [{ type: 'bind', source: 'base/d', target: '/d' }],
      environment: { A: '1' },
      labels: { K: 'v' },
    });
  });

  test('what the other file does not define is missing here', () => {
    const project = load({
      'compose.yaml': 'services: {web: {extends: {file: b.yaml, service: web}}}',
      'b.yaml': 'services: {web: {image: x, depends_on: [db]}, db: {image: y}}',
    });
    expect(refusals(project)).toEqual(['service "web" depends on undefined service "db"']);
  });

  test('an empty base changes nothing', () => {
    const project = load({
      'compose.yaml': 'services: {web: {image: x, extends: {file: b.yaml, service: none}}}',
      'b.yaml': 'services: {none: }',
    });
    expect(refusals(project)).toEqual([]);
  });

  test.each([
    ['services: {a: {image: x, extends: b}}', 'cannot extend service "a" in compose.yaml: service "b" not found'],
    ['services: {a: {image: x, extends: {file: compose.yaml}}}', 'extends.a.service is required'],
    [
      'services: {a: {extends: b}, b: {extends: a}}',
      'circular reference: a in compose.yaml extends b in compose.yaml extends a in compose.yaml',
    ],
    ['services: {a: {extends: a}}', 'circular reference: a in compose.yaml extends a in compose.yaml'],
  ])('%s', (text, message) => {
    expect(refusals(load(text, { skip: { consistency: true } }))).toContain(message);
  });

  test('a circle through two files', () => {
    const project = load(
      {
        'compose.yaml': 'services: {a: {extends: {file: b.yaml, service: b}}}',
        'b.yaml': 'services: {b: {extends: {file: compose.yaml, service: a}}}',
      },
      { skip: { consistency: true } },
    );
    expect(refusalCodes(project)).toContain('extends-cycle');
  });

  test('a long chain is followed without recursion running out', () => {
    const links = Array.from({ length: 400 }, (_, at) => `s${at}: {extends: s${at + 1}}`);
    const project = load(`services: {${links.join(', ')}, s400: {image: x}}`);
    expect(refusals(project)).toEqual([]);
    expect(plain(project).services.s0.image).toBe('x');
  });

  test('a missing file has its own code; a remote one is only warned of', () => {
    expect(refusalCodes(load('services: {a: {image: x, extends: {file: gone.yaml, service: b}}}'))).toEqual([
      'missing-file',
    ]);
    for (const file of [
      'https://example.com/c.yaml',
      'git@example.com:x/y.git',
      'oci://example.com/x',
      'remote:compose.yaml',
    ]) {
      const project = load(`services: {a: {extends: {file: "${file}", service: b}}}`);
      expect(project.faults).toMatchObject([{ code: 'remote-resource', refused: false }]);
    }
  });
});

describe('include', () => {
  test('resources of another file, its paths and variables', () => {
    const project = load({
      'compose.yaml': 'include: [db/compose.yaml]\nservices: {web: {image: x, depends_on: [db]}}',
      'db/compose.yaml':
        'services: {db: {image: "postgres:${TAG:-none}", volumes: ["./init:/i", "data:/d"], env_file: db.env}}\nvolumes: {data: }',
      'db/.env': 'TAG=16\n',
      'db/db.env': 'PGDATA=/d\n',
    });
    expect(refusals(project)).toEqual([]);
    expect(plain(project).services.db).toMatchObject({
      image: 'postgres:16',
      environment: { PGDATA: '/d' },
      volumes: [{ source: 'db/init' }, { source: 'data' }],
    });
    expect(project.volumes.has('data')).toBe(true);
  });

  test('several paths are merged; project_directory and env_file are heeded', () => {
    const project = load({
      'compose.yaml':
        'include:\n  - path: [sub/a.yaml, sub/b.yaml]\n    project_directory: other\n    env_file: v.env\n',
      'sub/a.yaml': 'services: {a: {image: x, build: ./ctx}}',
      'sub/b.yaml': 'services: {a: {image: "${IMAGE}"}}',
      'v.env': 'IMAGE=y\n',
      'other/keep': '',
    });
    expect(refusals(project)).toEqual([]);
    expect(plain(project).services.a).toMatchObject({ image: 'y', build: { context: 'other/ctx' } });
  });

  test('nested, and reached on two ways', () => {
    const project = load({
      'compose.yaml': 'include: [a/c.yaml, b/c.yaml]',
      'a/c.yaml': 'include: [../common/c.yaml]\nservices: {a: {image: x}}',
      'b/c.yaml': 'include: [../common/c.yaml]\nservices: {b: {image: x}}',
      'common/c.yaml': 'services: {c: {image: x, build: ., ports: ["80:80"]}}',
    });
    expect(refusals(project)).toEqual([]);
    expect(project.faults).toEqual([]);
    expect(plain(project).services.c).toMatchObject({ build: { context: 'common' }, ports: [{ target: 80 }] });
  });

  test('what the including file says goes on top, which older Compose refuses', () => {
    const project = load({
      'compose.yaml': 'include: [a.yaml]\nservices: {a: {hostname: h}}',
      'a.yaml': 'services: {a: {image: x}}',
    });
    expect(project.faults).toMatchObject([{ code: 'include-conflict', refused: false }]);
    expect(plain(project).services.a).toMatchObject({ image: 'x', hostname: 'h' });
  });

  test('an override file changes included services without ado', () => {
    const project = load(
      {
        'compose.yaml': 'include: [a.yaml]',
        'o.yaml': 'services: {a: {image: y}}',
        'a.yaml': 'services: {a: {image: x}}',
      },
      { files: ['compose.yaml', 'o.yaml'] },
    );
    expect(project.faults).toEqual([]);
    expect(plain(project).services.a.image).toBe('y');
  });

  test('a service may extend an included one', () => {
    const project = load({
      'compose.yaml': 'include: [a.yaml]\nservices: {b: {extends: a}}',
      'a.yaml': 'services: {a: {image: x}}',
    });
    expect(refusals(project)).toEqual([]);
  });

  test.each([
    [{ 'compose.yaml': 'include: [compose.yaml]\nservices: {a: {image: x}}' }, 'include-cycle'],
    [
      { 'compose.yaml': 'include: [b.yaml]', 'b.yaml': 'include: [compose.yaml]\nservices: {a: {image: x}}' },
      'include-cycle',
    ],
    [{ 'compose.yaml': 'include: [gone.yaml]\nservices: {a: {image: x}}' }, 'missing-file'],
    [{ 'compose.yaml': 'include: x\nservices: {a: {image: x}}' }, 'bad-type'],
  ] as [Record<string, string>, string][])('%j', (files, code) => {
    expect(refusalCodes(load(files))).toContain(code);
  });

  test('after a remote one nothing can be called undefined', () => {
    const project = load('include: ["oci://example.com/x"]\nservices: {a: {image: x, depends_on: [b], networks: [n]}}');
    expect(project.faults).toMatchObject([{ code: 'remote-resource', refused: false }]);
  });

  test('files that include ever two more are read once each', () => {
    const files: Record<string, string> = { 'f30.yaml': 'services: {z: {image: x}}' };
    for (let at = 0; at < 30; at++)
      files[`f${at}.yaml`] = `include: [f${at + 1}.yaml, f${at + 1}.yaml]\nservices: {s${at}: {image: x}}`;
    const start = performance.now();
    const project = load(files, { files: ['f0.yaml'] });
    expect(refusals(project)).toEqual([]);
    expect(project.services.size).toBe(31);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('env files of a service', () => {
  const env = (compose: string, files: Record<string, string>, environment: Record<string, string> = {}) =>
    load({ 'compose.yaml': `services: {a: {image: x, ${compose}}}`, ...files }, { env: environment });

  test('later files win over earlier ones, and the Compose file over all', () => {
    const project = env(
      'env_file: [a.env, b.env], environment: {C: own, D: }',
      { 'a.env': 'A=1\nB=1\nC=1\n', 'b.env': 'B=2\nE=$A\nD=file\n' },
      { A: 'host' },
    );
    expect(refusals(project)).toEqual([]);
    expect(plain(project).services.a.environment).toMatchObject({ A: '1', B: '2', C: 'own', E: 'host' });
  });

  test('a key alone takes the value of the environment', () => {
    const project = env(
      'environment: [HERE, GONE], env_file: a.env',
      { 'a.env': 'ALSO\nNOT\n' },
      { HERE: '1', ALSO: '2' },
    );
    expect(plain(project).services.a.environment).toEqual({ HERE: '1', GONE: null, ALSO: '2' });
  });

  test('a missing file is refused unless it need not be there', () => {
    expect(refusalCodes(env('env_file: gone.env', {}))).toEqual(['missing-file']);
    expect(refusals(env('env_file: [{path: gone.env, required: false}]', {}))).toEqual([]);
  });

  test('raw files are taken as they are', () => {
    const project = env('env_file: [{path: a.env, format: raw}]', { 'a.env': 'A="$B"\n' });
    expect(plain(project).services.a.environment).toEqual({ A: '"$B"' });
  });
});

describe('projects made to be slow', () => {
  test.each([
    [
      'very many documents',
      () => ({
        'compose.yaml': Array.from({ length: 5000 }, (_, at) => `services: {s${at}: {image: x}}`).join('\n---\n'),
      }),
    ],
    [
      'one file included again and again with other variables',
      () => ({
        'compose.yaml': `include: [${Array(900).fill('{path: a.yaml, env_file: v.env}').join(', ')}]\nservices: {w: {image: x}}`,
        'a.yaml': `services: {${Array.from({ length: 1000 }, (_, at) => `s${at}: {image: x}`).join(', ')}}`,
        'v.env': 'A=1\n',
      }),
    ],
  ] as [string, () => Record<string, string>][])(
    '%s',
    (_, files) => {
      const start = performance.now();
      expect(refusalCodes(load(files()))).toContain('too-many-services');
      expect(performance.now() - start).toBeLessThan(60_000);
    },
    90_000,
  );

  test('one file under many names is extended once', () => {
    const services = Array.from(
      { length: 500 },
      (_, at) => `s${at}: {extends: {file: "${'./'.repeat(at + 1)}b.yaml", service: b}}`,
    );
    const project = load({
      'compose.yaml': `services: {${services.join(', ')}}`,
      'b.yaml': 'services: {b: {image: x}}',
    });
    expect(refusals(project)).toEqual([]);
    expect(project.sources).toHaveLength(2);
  });
});
