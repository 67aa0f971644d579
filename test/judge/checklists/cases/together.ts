import { type Case, compose, image } from './case.ts';

const noCompose = [
  'CHK4.5',
  'CHK4.6',
  'CHK4.7',
  'CHK4.8',
  'CHK5.7',
  'CHK5.14',
  'CHK7.4',
  'CHK7.5',
  'CHK7.8',
  'CHK7.10',
];
const network = ['CHK4.6', 'CHK5.7'];
const apart = `services:
  web:
    image: nginx:1.30
    ports: ["80:80"]
    networks: [front]
  api:
    image: node:24.1
    environment: {DB_HOST: db}
    networks: [front, back]
    depends_on: {db: {condition: service_healthy}}
  db:
    image: postgres:17.2
    networks: [back]
    volumes: ["data:/var/lib/postgresql/data"]
    healthcheck: {test: ["CMD", "pg_isready", "-h", "127.0.0.1"]}
networks:
  front: {}
  back: {internal: true}
volumes: {data: {}}
`;

/** What services are to each other. */
export const togetherCases: readonly Case[] = [
  {
    items: noCompose,
    of: 'no Compose file',
    files: image('FROM alpine:3.22\n'),
    state: 'not-applicable',
    evidence: '*',
  },
  {
    items: ['CHK4.1'],
    of: 'a version',
    files: compose('version: "3.8"\nservices:\n  a:\n    image: alpine:3.22\n'),
    state: 'not-applicable',
    evidence: 'the version is obsolete: Compose ignores it and warns',
    at: ['compose.yaml:1'],
  },
  {
    items: ['CHK4.1'],
    of: 'no version',
    files: compose('services:\n  a:\n    image: alpine:3.22\n'),
    state: 'not-applicable',
    evidence: 'the version is obsolete, and there is none',
  },
  {
    items: ['CHK4.5'],
    of: 'a named volume',
    files: compose(apart),
    state: 'pass',
    evidence: 'db keeps its data on a volume',
    at: ['compose.yaml:14'],
  },
  {
    items: ['CHK4.5'],
    of: 'no volume',
    files: compose('services:\n  db:\n    image: postgres:17.2\n'),
    state: 'fail',
    evidence: 'db: /var/lib/postgresql/data goes with the container',
    at: ['compose.yaml:2'],
  },
  {
    items: ['CHK4.5'],
    of: 'an anonymous volume, and one in memory',
    files: compose(
      'services:\n  db:\n    image: postgres:17.2\n    volumes: [/var/lib/postgresql/data]\n  cache:\n    image: redis:8.2\n    volumes: [{type: tmpfs, target: /data}]\n',
    ),
    state: 'fail',
    evidence: 'db: /var/lib/postgresql/data goes with the container; cache: /data goes with the container',
    at: ['compose.yaml:4', 'compose.yaml:7'],
  },
  {
    items: ['CHK4.5'],
    of: 'nothing known of the image',
    files: compose('services:\n  x:\n    image: registry.example.com/store:1\n'),
    state: 'open',
    evidence: 'x: nothing is known of the image, so nothing says what it keeps',
    at: ['compose.yaml:3'],
  },
  {
    items: network,
    of: 'a network of its own',
    files: compose(apart),
    state: 'pass',
    evidence: 'db is on an internal network and not published',
    at: ['compose.yaml:13'],
  },
  {
    items: network,
    of: 'a published database',
    files: compose(
      'services:\n  api:\n    image: node:24.1\n  db:\n    image: postgres:17.2\n    ports: ["5432:5432"]\n',
    ),
    state: 'fail',
    evidence: 'db is published on the host',
    at: ['compose.yaml:6'],
  },
  {
    items: network,
    of: 'one network for all',
    files: compose('services:\n  web:\n    image: nginx:1.30\n    ports: ["80:80"]\n  db:\n    image: postgres:17.2\n'),
    state: 'fail',
    evidence: 'db: on one network with web, which is published',
    at: ['compose.yaml:5'],
  },
  {
    items: network,
    of: 'a way out',
    files: compose(apart.replace('internal: true', 'driver: bridge')),
    state: 'fail',
    evidence: 'db: its network "back" is not internal',
    at: ['compose.yaml:13'],
  },
  {
    items: network,
    of: 'one service alone',
    files: compose('services:\n  db:\n    image: postgres:17.2\n'),
    state: 'not-applicable',
    evidence: 'there is one service alone',
  },
  {
    items: ['CHK5.7'],
    of: "the host's network",
    files: compose('services:\n  a:\n    image: alpine:3.22\n    network_mode: host\n'),
    state: 'fail',
    evidence: "a uses the host's network",
    at: ['compose.yaml:4'],
  },
  {
    items: ['CHK4.7'],
    of: 'each variable explained',
    files: {
      ...compose('services:\n  a:\n    image: "alpine:${TAG:-3.22}"\n    environment: [REGION]\n'),
      '.env.example': 'TAG=3.22\n',
      'README.md': '`REGION` is where it runs.\n',
    },
    state: 'pass',
    evidence: 'TAG and REGION are explained in .env.example and README.md',
    at: ['.env.example:1', 'README.md:1'],
  },
  {
    items: ['CHK4.7'],
    of: 'one that is not',
    files: { ...compose('services:\n  a:\n    image: "alpine:${TAG:-3.22}"\n'), 'README.md': '# A\n' },
    state: 'fail',
    evidence: 'TAG stands in no example env file and no README',
    at: ['compose.yaml:3'],
  },
  {
    items: ['CHK4.7'],
    of: 'none used',
    files: compose('services:\n  a:\n    image: alpine:3.22\n'),
    state: 'not-applicable',
    evidence: 'no variable is taken from outside',
  },
  {
    items: ['CHK4.8'],
    of: 'a condition that can come true',
    files: compose(apart),
    state: 'pass',
    evidence: 'api waits until what it needs is ready',
    at: ['compose.yaml:10'],
  },
  {
    items: ['CHK4.8'],
    of: 'started is not ready',
    files: compose('services:\n  api:\n    image: node:24.1\n    depends_on: [db]\n  db:\n    image: postgres:17.2\n'),
    state: 'fail',
    evidence: '*',
    at: ['compose.yaml:4'],
  },
  {
    items: ['CHK4.8'],
    of: 'a host that nobody waits for',
    files: compose(
      'services:\n  api:\n    image: node:24.1\n    environment:\n      DATABASE_URL: postgres://db:5432/x\n  db:\n    image: postgres:17.2\n',
    ),
    state: 'fail',
    evidence: 'api names db in DATABASE_URL without waiting for it',
    at: ['compose.yaml:5'],
  },
  {
    items: ['CHK4.8'],
    of: 'a host that is waited for by way of another',
    files: compose(
      'services:\n  api:\n    image: node:24.1\n    environment: {DB_HOST: db}\n    depends_on: {migrate: {condition: service_completed_successfully}}\n  migrate:\n    image: node:24.1\n    depends_on: {db: {condition: service_healthy}}\n  db:\n    image: postgres:17.2\n    healthcheck: {test: ["CMD", "pg_isready", "-h", "127.0.0.1"]}\n',
    ),
    state: 'pass',
    evidence: 'api and migrate wait until what they need is ready',
    at: ['compose.yaml:5', 'compose.yaml:8'],
  },
  {
    items: ['CHK5.14'],
    of: 'a number',
    files: {
      Dockerfile: 'FROM alpine:3.22\n',
      ...compose('services:\n  a:\n    build: .\n    deploy: {replicas: 2}\n'),
    },
    state: 'pass',
    evidence: 'a says how many of it run',
    at: ['compose.yaml:4'],
  },
  {
    items: ['CHK5.14'],
    of: 'no number, and one that cannot be',
    files: {
      Dockerfile: 'FROM alpine:3.22\n',
      ...compose(
        'services:\n  a:\n    build: .\n  b:\n    build: .\n    ports: ["80:80"]\n    deploy: {replicas: 2}\n',
      ),
    },
    state: 'fail',
    evidence: 'a does not say how many of it run; b: 2 are asked for, but port 80 of the host is taken by the first',
    at: ['compose.yaml:2', 'compose.yaml:6'],
  },
  {
    items: ['CHK7.8'],
    of: 'nothing in the way',
    files: compose(
      'services:\n  a:\n    image: node:24.1\n  db:\n    image: postgres:17.2\n    ports: ["5432:5432"]\n',
    ),
    state: 'pass',
    evidence: 'a can run more than once',
    at: ['compose.yaml:2'],
  },
  {
    items: ['CHK7.8'],
    of: 'a name that is taken',
    files: compose('services:\n  a:\n    image: node:24.1\n    container_name: a\n'),
    state: 'fail',
    evidence: 'a: container_name is taken by the first, so a second copy cannot start',
    at: ['compose.yaml:4'],
  },
  {
    items: ['CHK7.1'],
    of: 'one Dockerfile',
    files: { 'api/Dockerfile': 'FROM alpine:3.22\n', ...compose('services:\n  a:\n    build: ./api\n') },
    state: 'pass',
    evidence: 'a is built by one Dockerfile for all environments',
    at: ['api/Dockerfile:1'],
  },
  {
    items: ['CHK7.1'],
    of: 'one for each environment',
    files: {
      Dockerfile: 'FROM alpine:3.22\n',
      'Dockerfile.prod': 'FROM alpine:3.22\n',
      ...compose('services:\n  a:\n    build: .\n'),
    },
    state: 'fail',
    evidence: 'a: Dockerfile and Dockerfile.prod build a different image for each environment',
    at: ['Dockerfile.prod:1'],
  },
  {
    items: ['CHK7.1', 'CHK7.5'],
    of: 'the source mounted over the image',
    files: {
      Dockerfile: 'FROM node:24.1\nWORKDIR /app\nCOPY . .\n',
      'a.js': '',
      ...compose('services:\n  a:\n    build: .\n    image: a:1.0\n    volumes: [".:/app"]\n'),
    },
    state: 'fail',
    evidence: 'a has its source mounted over the image',
    at: ['compose.yaml:5'],
  },
  {
    items: ['CHK7.4'],
    of: 'the address in the environment',
    files: compose(apart),
    state: 'pass',
    evidence: 'api is told by the environment where its data store is',
    at: ['compose.yaml:8'],
  },
  {
    items: ['CHK7.4'],
    of: 'a fixed address',
    files: compose(
      'services:\n  api:\n    image: node:24.1\n    environment:\n      DB_HOST: 172.17.0.2\n  db:\n    image: postgres:17.2\n',
    ),
    state: 'fail',
    evidence: 'api: DB_HOST names 172.17.0.2, not a service',
    at: ['compose.yaml:5'],
  },
  {
    items: ['CHK7.4'],
    of: 'nothing told',
    files: compose('services:\n  api:\n    image: node:24.1\n  db:\n    image: postgres:17.2\n'),
    state: 'open',
    evidence: 'api: nothing here tells how it finds a data store',
  },
  {
    items: ['CHK7.5'],
    of: 'a released version',
    files: {
      Dockerfile: 'FROM alpine:3.22\nCMD ["a"]\n',
      ...compose('services:\n  a:\n    build: .\n    image: a:1.4.0\n'),
    },
    state: 'pass',
    evidence: 'a is released by a version and only run',
    at: ['compose.yaml:4'],
  },
  {
    items: ['CHK7.5'],
    of: 'no version',
    files: { Dockerfile: 'FROM alpine:3.22\nCMD ["a"]\n', ...compose('services:\n  a:\n    build: .\n') },
    state: 'fail',
    evidence: 'a has no image name with a version',
    at: ['compose.yaml:3'],
  },
  {
    items: ['CHK7.5'],
    of: 'an installation at the start',
    files: {
      Dockerfile: 'FROM node:24.1\nCMD npm ci && node a.js\n',
      ...compose('services:\n  a:\n    build: .\n    image: a:1.4.0\n'),
    },
    state: 'fail',
    evidence: 'a: its start command does an installation',
    at: ['Dockerfile:2'],
  },
  {
    items: ['CHK7.7'],
    of: 'a port',
    files: image('FROM node:24.1\nEXPOSE 3000\nCMD ["node", "a.js"]\n'),
    state: 'pass',
    evidence: 'Dockerfile serves a port of its own',
    at: ['Dockerfile:2'],
  },
  {
    items: ['CHK7.7'],
    of: 'a port for itself alone',
    files: image('FROM python:3.13-slim\nCMD ["uvicorn", "a:app", "--host", "127.0.0.1", "--port", "80"]\n'),
    state: 'fail',
    evidence: 'Dockerfile: it listens on 127.0.0.1, where nobody else reaches it',
    at: ['Dockerfile:2'],
  },
  {
    items: ['CHK7.7'],
    of: 'a worker',
    files: compose('services:\n  worker:\n    image: python:3.13-slim\n    command: [celery, worker]\n'),
    state: 'not-applicable',
    evidence: 'no service here is one that others call',
  },
  {
    items: ['CHK7.10'],
    of: 'the same images',
    files: {
      ...compose('services:\n  db:\n    image: postgres:17.2\n'),
      'compose.dev.yaml': 'services:\n  db:\n    ports: ["5432:5432"]\n',
    },
    state: 'pass',
    evidence: 'compose.dev.yaml changes no image of compose.yaml',
    at: ['compose.yaml:1'],
  },
  {
    items: ['CHK7.10'],
    of: 'another version',
    files: {
      ...compose('services:\n  db:\n    image: postgres:17.2\n'),
      'compose.dev.yaml': 'services:\n  db:\n    image: postgres:14\n',
    },
    state: 'fail',
    evidence: 'db runs postgres:17.2 in compose.yaml and postgres:14 in compose.dev.yaml',
    at: ['compose.yaml:3', 'compose.dev.yaml:3'],
  },
  {
    items: ['CHK7.10'],
    of: 'one set of files',
    files: compose('services:\n  db:\n    image: postgres:17.2\n'),
    state: 'open',
    evidence: 'there is one set of files; how other environments are made, a person must say',
  },
];
