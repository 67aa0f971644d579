import { describe, expect, test } from 'vitest';
import { project, service, textAt } from './reading.ts';

const words = (line: { words: readonly { text: string }[] } | undefined) => line?.words.map(({ text }) => text);

describe('what wins', () => {
  const dockerfile = 'FROM node:22-alpine\nUSER app\nWORKDIR /srv\nSTOPSIGNAL SIGINT\nCMD ["node", "a.js"]\n';
  const files = (attributes: string) => ({
    'compose.yaml': `services:\n  web:\n    build: .\n${attributes}`,
    Dockerfile: dockerfile,
  });

  test('Compose over the Dockerfile', () => {
    const all = files(
      '    user: "1000"\n    working_dir: /other\n    stop_signal: SIGTERM\n    command: [node, b.js]\n',
    );
    const web = service(all, 'web');
    expect(web.user?.value).toBe('1000');
    expect(web.workdir?.value).toBe('/other');
    expect(web.stopSignal?.value).toBe('SIGTERM');
    expect(words(web.process.command?.value)).toEqual(['node', 'b.js']);
    expect(web.user?.from).toMatchObject({ kind: 'file', span: { file: 'compose.yaml' } });
  });

  test('the Dockerfile over the base', () => {
    const web = service(files(''), 'web');
    expect(web.user?.from).toMatchObject({ kind: 'file', span: { file: 'Dockerfile' } });
    expect([web.user?.value, web.workdir?.value, web.stopSignal?.value]).toEqual(['app', '/srv', 'SIGINT']);
  });

  test('the base where nobody says', () => {
    const db = service('  db:\n    image: postgres:16\n', 'db');
    expect(db.user).toMatchObject({ value: 'root', from: { kind: 'base-image', image: 'postgres:16' } });
    expect(words(db.process.entrypoint?.value)).toEqual(['docker-entrypoint.sh']);
  });

  test('an empty user in Compose is none', () => {
    expect(service(files('    user: ""\n'), 'web').user?.value).toBe('app');
  });

  test('image: beside build: only names what is built', () => {
    const web = service(files('    image: registry.example/web:1\n'), 'web');
    expect(web.imageName?.value).toBe('registry.example/web:1');
    expect(web.image.base?.text).toBe('node:22-alpine');
  });
});

describe('privilege', () => {
  const privilege = (attributes: string, files: Readonly<Record<string, string>> = {}) =>
    service({ 'compose.yaml': `services:\n  a:\n${attributes}`, ...files }, 'a').privilege;

  test.each([
    ['    image: postgres:16\n', 'steps-down'],
    ['    image: postgres:16\n    user: root\n', 'steps-down'],
    ['    image: postgres:16\n    user: "0:0"\n', 'steps-down'],
    ['    image: postgres:16\n    user: postgres\n', 'non-root'],
    ['    image: postgres:16\n    user: "999:999"\n', 'non-root'],
    ['    image: postgres:16\n    entrypoint: [postgres]\n', 'root'],
    ['    image: postgres:16\n    command: [postgres, -c, fsync=off]\n', 'steps-down'],
    ['    image: redis:7\n    command: sh -c "redis-server --requirepass $$PW"\n', 'root'],
    ['    image: nginx:1.27\n    command: sh -c "envsubst < a > b && nginx"\n', 'steps-down'],
    ['    image: alpine:3.20\n', 'root'],
    ['    image: registry.example/x:1\n', 'unknown'],
    ['    image: registry.example/x:1\n    user: "${WHO}"\n', 'unknown'],
    ['    image: registry.example/x:1\n    user: "0"\n', 'root'],
    ['    image: gcr.io/distroless/static-debian12:nonroot\n', 'non-root'],
  ])('%j: %s', (attributes, expected) => {
    expect(privilege(attributes)).toBe(expected);
  });

  test('an account that a line makes with uid 0 is root', () => {
    expect(privilege('    build: .\n', { Dockerfile: 'FROM alpine\nRUN adduser -D -u 0 admin\nUSER admin\n' })).toBe(
      'root',
    );
  });

  test('an entrypoint of one’s own on a base that steps down does not', () => {
    expect(privilege('    build: .\n', { Dockerfile: 'FROM postgres:16\nENTRYPOINT ["/run.sh"]\n' })).toBe('root');
    expect(privilege('    build: .\n', { Dockerfile: 'FROM postgres:16\nCOPY a /\n' })).toBe('steps-down');
  });
});

describe('the process', () => {
  const build = { Dockerfile: 'FROM scratch\nENTRYPOINT ["tini", "--"]\nCMD ["node", "a.js"]\n' };
  const process = (attributes: string, files: Readonly<Record<string, string>> = build) =>
    service({ 'compose.yaml': `services:\n  a:\n    build: .\n${attributes}`, ...files }, 'a').process;
  const run = (attributes: string, files?: Readonly<Record<string, string>>) =>
    process(attributes, files).commands.map((command) => command.words.map(({ text }) => text).join(' '));

  test.each([
    ['', ['tini -- node a.js']],
    ['    command: node b.js\n', ['tini -- node b.js']],
    ['    entrypoint: /run.sh\n', ['/run.sh']],
    ['    entrypoint: /run.sh\n    command: [x]\n', ['/run.sh x']],
    // moby takes the image's CMD wherever neither list of the container holds a word.
    ['    command: []\n', ['tini -- node a.js']],
    ['    entrypoint: []\n', ['node a.js']],
    ['    command:\n', ['tini -- node a.js']],
    ['    entrypoint: []\n    command: [a]\n', ['a']],
  ])('%j', (attributes, expected) => {
    expect(run(attributes)).toEqual(expected);
  });

  test('sh -c is opened', () => {
    const { commands, throughShell } = process('    entrypoint: []\n    command: sh -c "wait && exec node a.js"\n');
    expect(commands.map(({ name }) => name)).toEqual(['sh', 'wait', 'exec']);
    expect(throughShell).toBe(true);
  });

  test('a shell-form ENTRYPOINT runs alone', () => {
    const files = { Dockerfile: 'FROM scratch\nENTRYPOINT node a.js\nCMD ["b"]\n' };
    expect(run('', files)).toEqual(['node a.js']);
    expect(process('', files).throughShell).toBe(true);
  });

  test('a shell-form CMD goes through a shell', () => {
    expect(process('', { Dockerfile: 'FROM scratch\nCMD node a.js\n' }).throughShell).toBe(true);
    expect(process('', { Dockerfile: 'FROM scratch\nCMD ["node", "a.js"]\n' }).throughShell).toBe(false);
  });

  test('nothing is known of an unknown image', () => {
    expect(service('  a:\n    image: registry.example/x:1\n', 'a').process).toMatchObject({
      entrypoint: undefined,
      command: undefined,
      commands: [],
    });
  });
});

describe('the health check', () => {
  const dockerfile = { Dockerfile: 'FROM scratch\nHEALTHCHECK --interval=5s --retries=9 CMD ["probe"]\n' };
  const health = (attributes: string, files: Readonly<Record<string, string>> = dockerfile) =>
    service({ 'compose.yaml': `services:\n  a:\n    build: .\n${attributes}`, ...files }, 'a').healthcheck;

  test('of the Dockerfile holds', () => {
    expect(health('')).toMatchObject({ kind: 'test', from: 'dockerfile', test: { intervalMs: 5000, retries: 9 } });
  });

  test('of Compose wins key by key', () => {
    const mixed = health('    healthcheck: { interval: 1m, timeout: 3s }\n');
    expect(mixed).toMatchObject({
      kind: 'test',
      from: 'compose',
      test: { form: 'exec', intervalMs: 60_000, timeoutMs: 3000, retries: 9 },
    });
    expect(mixed.kind === 'test' && words(mixed.test)).toEqual(['probe']);
  });

  test('of Compose replaces the test', () => {
    const own = health('    healthcheck: { test: curl -f http://localhost/ }\n');
    expect(own).toMatchObject({ kind: 'test', from: 'compose', test: { form: 'shell' } });
    expect(own.kind === 'test' && own.commands.map(({ name }) => name)).toEqual(['curl']);
  });

  test.each(['{ disable: true }', '{ test: [NONE] }', '{ test: ["NONE"] }'])('%s switches it off', (attributes) => {
    expect(health(`    healthcheck: ${attributes}\n`).kind).toBe('disabled');
  });

  test('NONE in the Dockerfile switches it off', () => {
    const off = health('', { Dockerfile: 'FROM scratch\nHEALTHCHECK CMD x\nHEALTHCHECK NONE\n' });
    expect(off).toMatchObject({ kind: 'disabled', span: { file: 'Dockerfile' } });
  });

  test('is none where nobody has one, and unknown where the image is', () => {
    expect(health('', { Dockerfile: 'FROM scratch\n' }).kind).toBe('none');
    expect(health('', { Dockerfile: 'FROM registry.example/x:1\n' }).kind).toBe('unknown');
    expect(health('    healthcheck: { interval: 1m }\n', { Dockerfile: 'FROM scratch\n' }).kind).toBe('none');
  });
});

describe('the environment', () => {
  const files = {
    'compose.yaml': `services:
  a:
    build: .
    env_file: [one.env, two.env]
    environment:
      BOTH: compose
      EMPTY: ""
      OPEN:
      MADE: "x-\${TAG:-1}"
`,
    'one.env': 'FILE=one\nBOTH=file\nTWICE=one\n',
    'two.env': 'TWICE=two\n',
    Dockerfile: 'FROM scratch\nENV IMAGE=1 FILE=image BOTH=image\n',
  };
  const environment = service(files, 'a').environment;

  test.each([
    ['IMAGE', '1', 'dockerfile'],
    ['FILE', 'one', 'env_file'],
    ['TWICE', 'two', 'env_file'],
    ['BOTH', 'compose', 'compose'],
    ['EMPTY', '', 'compose'],
    ['OPEN', undefined, 'compose'],
    ['MADE', 'x-1', 'compose'],
  ])('%s is %j, from %s', (name, value, from) => {
    expect(environment.get(name)).toMatchObject({ name, value, from });
  });

  test('points at the line that says so', () => {
    expect(textAt(environment.get('TWICE')?.span, files)).toBe('two');
    expect(textAt(environment.get('BOTH')?.keySpan, files)).toBe('BOTH');
  });

  test('keeps the template', () => {
    expect(environment.get('MADE')?.template).toBe('x-${TAG:-1}');
    expect(environment.get('BOTH')?.template).toBeUndefined();
  });

  test('takes what Compose is called with', () => {
    const open = service(files, 'a', { compose: { env: { OPEN: 'set', TAG: '2' } } }).environment;
    expect(open.get('OPEN')?.value).toBe('set');
    expect(open.get('MADE')?.value).toBe('x-2');
  });
});

describe('ports', () => {
  const ports = (text: string) =>
    service(`  a:\n    image: x\n    ports: [${text}]\n`, 'a').ports.map(({ span: _, mode: _mode, ...port }) => port);

  test.each([
    ['"80"', [{ hostIp: undefined, published: undefined, target: 80, protocol: 'tcp' }]],
    ['"8080:80"', [{ hostIp: undefined, published: '8080', target: 80, protocol: 'tcp' }]],
    ['"127.0.0.1:53:53/udp"', [{ hostIp: '127.0.0.1', published: '53', target: 53, protocol: 'udp' }]],
    ['"[::1]:1:2"', [{ hostIp: '::1', published: '1', target: 2, protocol: 'tcp' }]],
    ['{ target: 80, published: "8000-8002" }', [{ published: '8000-8002', target: 80 }]],
  ])('%s', (text, expected) => {
    expect(ports(text)).toMatchObject(expected);
  });

  test('a range is one port each', () => {
    expect(ports('"3000-3002:4000-4002"').map(({ published, target }) => `${published}>${target}`)).toEqual([
      '3000>4000',
      '3001>4001',
      '3002>4002',
    ]);
  });
});

describe('ports listened on', () => {
  const listens = (attributes: string, dockerfile = 'FROM scratch\n') =>
    service(
      { 'compose.yaml': `services:\n  a:\n    build: .\n${attributes}`, Dockerfile: dockerfile },
      'a',
    ).listens.map(({ value }) => value);

  test('EXPOSE, expose, targets of ports, each once', () => {
    expect(
      listens('    expose: ["9000"]\n    ports: ["80:8080", "53:53/udp"]\n', 'FROM scratch\nEXPOSE 8080 53/udp\n'),
    ).toEqual([8080, 9000]);
  });

  test.each([
    ['gunicorn --bind 0.0.0.0:8000 app', [8000]],
    ['gunicorn -b :8000 app', [8000]],
    ['uvicorn app --port 8001', [8001]],
    ['python manage.py runserver 0.0.0.0:8002', [8002]],
    ['java -Dserver.port=8003 -jar app.jar', [8003]],
    ['app --server.port=8004', [8004]],
    ['php -S 0.0.0.0:8005', [8005]],
    ['vite --host --port=8006', [8006]],
    ['mkdir -p 8007', []],
  ])('%s', (command, expected) => {
    expect(listens(`    command: ${command}\n`)).toEqual(expected);
  });

  test('the command line is likelier than PORT, and PORT than EXPOSE', () => {
    expect(
      listens('    command: app --port 1111\n    environment: { PORT: 2222 }\n', 'FROM scratch\nEXPOSE 3333\n'),
    ).toEqual([1111, 2222, 3333]);
  });

  test('ASPNETCORE_URLS', () => {
    expect(listens('    environment: { ASPNETCORE_URLS: "http://+:5000;https://+:5001" }\n')).toEqual([5000, 5001]);
  });

  test('a known image listens where it always does', () => {
    expect(service('  a:\n    image: redis:7\n', 'a').listens.map(({ value }) => value)).toEqual([6379]);
  });

  test('what is no port is left out', () => {
    expect(listens('    environment: { PORT: "http" }\n', 'FROM scratch\nEXPOSE 0 99999 1-60000\n')).toEqual([]);
  });
});

describe('limits', () => {
  const limits = (attributes: string) => {
    const { memoryLimit, memoryReservation, cpuLimit, cpuReservation, pidsLimit } = service(
      `  a:\n    image: x\n${attributes}`,
      'a',
    );
    return [memoryLimit, memoryReservation, cpuLimit, cpuReservation, pidsLimit].map((limit) => limit?.value);
  };
  const none = undefined;

  test.each([
    ['', [none, none, none, none, none]],
    [
      '    mem_limit: 512m\n    mem_reservation: 256m\n    cpus: 0.5\n    pids_limit: 100\n',
      [536_870_912, 268_435_456, 0.5, none, 100],
    ],
    [
      '    deploy: { resources: { limits: { memory: 1G, cpus: "1.5", pids: 50 }, reservations: { memory: 64M, cpus: "0.1" } } }\n',
      [1_073_741_824, 67_108_864, 1.5, 0.1, 50],
    ],
    ['    mem_limit: 0\n    cpus: 0\n', [none, none, none, none, none]],
    ['    deploy: { resources: { limits: { memory: "0", cpus: "0" } } }\n', [none, none, none, none, none]],
    ['    cpu_quota: 50000\n    cpu_period: 200000\n', [none, none, 0.25, none, none]],
    ['    cpu_quota: 50000\n', [none, none, 0.5, none, none]],
    ['    pids_limit: -1\n', [none, none, none, none, -1]],
  ])('%j', (attributes, expected) => {
    expect(limits(attributes)).toEqual(expected);
  });
});

describe('other attributes', () => {
  const a = service(
    {
      'compose.yaml': `services:
  a:
    image: x:1
    init: true
    read_only: true
    privileged: false
    restart: on-failure:3
    stop_grace_period: 1m30s
    cap_drop: [ALL]
    cap_add: [NET_BIND_SERVICE]
    security_opt: ["no-new-privileges:true"]
    tmpfs: /tmp
    volumes: ["data:/data:ro", "./conf:/conf", "/anonymous"]
    secrets: [token, { source: key, target: /k }]
    networks: { front: , back: { aliases: [b] } }
    depends_on: { b: { condition: service_healthy } }
    logging: { driver: json-file, options: { max-size: 10m } }
    deploy: { replicas: 3 }
  b: { image: y, scale: 2, network_mode: host, depends_on: [c] }
  c: { image: z }
volumes: { data: }
networks: { front: , back: }
secrets: { token: { file: t }, key: { file: k } }
`,
    },
    'a',
  );
  const other = (name: string) =>
    service('  b: { image: y, scale: 2, network_mode: host, depends_on: [c] }\n  c: { image: z }\n', name);

  test('scalars', () => {
    expect([a.init, a.readOnly, a.privileged, a.restart, a.stopGraceMs].map((one) => one?.value)).toEqual([
      true,
      true,
      false,
      'on-failure:3',
      90_000,
    ]);
  });

  test('lists', () => {
    const lists = [a.capDrop, a.capAdd, a.securityOptions, a.tmpfs, a.secrets, a.networks];
    expect(lists.map((list) => list.map(({ value }) => value))).toEqual([
      ['ALL'],
      ['NET_BIND_SERVICE'],
      ['no-new-privileges:true'],
      ['/tmp'],
      ['token', 'key'],
      ['front', 'back'],
    ]);
  });

  test('mounts', () => {
    expect(a.mounts.map(({ type, source, target, readOnly }) => [type, source, target, readOnly])).toEqual([
      ['volume', 'data', '/data', true],
      ['bind', 'conf', '/conf', false],
      ['volume', undefined, '/anonymous', false],
    ]);
  });

  test('dependencies, with the condition or its default', () => {
    expect(a.dependsOn.map(({ service: name, condition }) => [name, condition])).toEqual([['b', 'service_healthy']]);
    expect(other('b').dependsOn.map(({ condition }) => condition)).toEqual(['service_started']);
  });

  test('logging', () => {
    expect(a.logging?.driver?.value).toBe('json-file');
    expect(a.logging?.options.get('max-size')?.value).toBe('10m');
  });

  test('replicas in both spellings', () => {
    expect([a, other('b'), other('c')].map(({ replicas }) => replicas.value)).toEqual([3, 2, 1]);
  });

  test('the default network is joined unless there is a network mode', () => {
    expect(other('c').networks.map(({ value }) => value)).toEqual(['default']);
    expect(other('b').networks).toEqual([]);
    expect(other('b').networkMode?.value).toBe('host');
  });

  test('at points at the deepest part that is written', () => {
    const files = { 'compose.yaml': 'services:\n  a:\n    image: x\n    deploy: { replicas: 2 }\n' };
    const one = service(files, 'a');
    expect(textAt(one.at('deploy.resources.limits'), files)).toBe('deploy');
    expect(textAt(one.at('deploy.replicas'), files)).toBe('replicas');
    expect(textAt(one.at('healthcheck'), files)).toBe('a');
    expect(textAt(one.nameSpan, files)).toBe('a');
  });
});

test('services of several files point each at their own', () => {
  const files = {
    'compose.yaml': 'services:\n  a:\n    image: x\n    restart: always\n',
    'compose.override.yaml': 'services:\n  a:\n    restart: "no"\n',
  };
  const { restart } = service(files, 'a');
  expect(restart?.value).toBe('no');
  expect(textAt(restart?.span, files)).toBe('"no"');
  expect(restart?.span.file).toBe('compose.override.yaml');
});

test('services come in the order of the file, those of other profiles last', () => {
  const { services } = project({
    'compose.yaml': 'services:\n  z: { image: a }\n  m: { image: a, profiles: [x] }\n  a: { image: a }\n',
  });
  expect(services.map(({ name, profiles }) => [name, profiles])).toEqual([
    ['z', []],
    ['a', []],
    ['m', ['x']],
  ]);
});
