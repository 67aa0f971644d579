import { type Case, compose, image } from './case.ts';

const limitItems = ['CHK1.3', 'CHK2.3', 'CHK4.4', 'CHK5.1'];
const healthItems = ['CHK1.4', 'CHK2.2', 'CHK4.2', 'CHK5.4'];
const logItems = ['CHK1.5', 'CHK2.4', 'CHK5.5'];
const restartItems = ['CHK1.8', 'CHK4.3', 'CHK5.6'];
const readOnlyItems = ['CHK1.2', 'CHK5.2'];
const userItems = ['CHK1.1', 'CHK2.13'];

/** What each service says for itself. */
export const serviceCases: readonly Case[] = [
  {
    items: userItems,
    of: 'a user in Compose',
    files: compose('services:\n  api:\n    image: node:24.1-alpine\n    user: "1000"\n'),
    state: 'pass',
    evidence: 'api does not run as root',
    at: ['compose.yaml:4'],
  },
  {
    items: userItems,
    of: 'no user where the image starts as root',
    files: compose('services:\n  api:\n    image: node:24.1-alpine\n'),
    state: 'fail',
    evidence: 'api runs as root',
    at: ['compose.yaml:2'],
  },
  {
    items: userItems,
    of: 'an image that steps down by itself',
    files: compose('services:\n  db:\n    image: postgres:17.2\n'),
    state: 'pass',
    evidence: 'db starts as root and steps down to "postgres" by the image\'s own entrypoint',
  },
  {
    items: userItems,
    of: 'an image that nobody looked at',
    files: compose('services:\n  api:\n    image: registry.example.com/api:1.0\n'),
    state: 'open',
    evidence: 'api: nothing says which user the image starts as',
  },
  {
    items: userItems,
    of: 'one root and one unknown: the one that is known decides',
    files: compose(
      'services:\n  api:\n    image: registry.example.com/api:1.0\n  web:\n    image: node:24.1-alpine\n    user: root\n',
    ),
    state: 'fail',
    evidence: 'web runs as root',
    at: ['compose.yaml:6'],
  },
  {
    items: readOnlyItems,
    of: 'a read-only root with a place for what is written',
    files: compose(
      'services:\n  cache:\n    image: redis:8.2\n    read_only: true\n    volumes: [data:/data]\nvolumes: {data: {}}\n',
    ),
    state: 'pass',
    evidence: 'cache has a read-only root filesystem',
    at: ['compose.yaml:4'],
  },
  {
    items: readOnlyItems,
    of: 'a root that can be written to',
    files: compose('services:\n  cache:\n    image: redis:8.2\n  api:\n    image: node:24.1\n    read_only: false\n'),
    state: 'fail',
    evidence: 'cache and api can write to their root filesystems',
    at: ['compose.yaml:2', 'compose.yaml:6'],
  },
  {
    items: readOnlyItems,
    of: 'a read-only root under an image that is known to write',
    files: compose('services:\n  web:\n    image: nginx:1.30\n    read_only: true\n    tmpfs: [/var/cache/nginx]\n'),
    state: 'fail',
    evidence: 'web: its root is read-only and nothing is mounted on /var/run, where it writes',
    at: ['compose.yaml:4'],
  },
  {
    items: readOnlyItems,
    of: 'the same with a configuration of its own, which may say otherwise',
    files: {
      'compose.yaml':
        'services:\n  web:\n    image: nginx:1.30\n    read_only: true\n    tmpfs: [/tmp]\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]\n',
      'nginx.conf': 'pid /tmp/nginx.pid;\n',
    },
    state: 'open',
    evidence:
      'web: its root is read-only; whether it still writes to /var/cache/nginx, as its image does by itself, shows when it runs',
    at: ['compose.yaml:4'],
  },
  {
    items: readOnlyItems,
    of: 'no Compose file',
    files: image('FROM alpine:3.22\n'),
    state: 'not-applicable',
    evidence: 'there is no Compose file',
  },
  {
    items: limitItems,
    of: 'limits in both forms',
    files: compose(
      'services:\n  api:\n    image: node:24.1\n    mem_limit: 512m\n    cpus: 1\n  db:\n    image: postgres:17.2\n    deploy:\n      resources:\n        limits:\n          memory: 1g\n          cpus: "2"\n',
    ),
    state: 'pass',
    evidence: 'api and db set memory and CPU limits',
    at: ['compose.yaml:4', 'compose.yaml:11'],
  },
  {
    items: limitItems,
    of: 'a tool without limits: while it runs it shares the host',
    files: compose('services:\n  shell:\n    image: alpine:3.22\n    profiles: [tools]\n    mem_limit: 64m\n'),
    state: 'fail',
    evidence: 'shell has no CPU limit',
    at: ['compose.yaml:2'],
  },
  {
    items: limitItems,
    of: 'no Compose file',
    files: image('FROM alpine:3.22\n'),
    state: 'not-applicable',
    evidence: 'there is no Compose file',
  },
  {
    items: healthItems,
    of: 'a check whose program is there',
    files: compose(
      'services:\n  db:\n    image: postgres:17.2\n    healthcheck:\n      test: ["CMD", "pg_isready", "-h", "127.0.0.1"]\n',
    ),
    state: 'pass',
    evidence: 'db has a health check',
    at: ['compose.yaml:5'],
  },
  {
    items: healthItems,
    of: 'a check whose program is not there',
    files: compose(
      'services:\n  api:\n    image: node:24.1-slim\n    healthcheck:\n      test: ["CMD", "curl", "-f", "http://127.0.0.1:3000/"]\n    expose: ["3000"]\n',
    ),
    state: 'fail',
    evidence: '*',
    at: ['compose.yaml:5'],
  },
  {
    items: healthItems,
    of: 'a check in an image that nobody looked at',
    files: compose(
      'services:\n  api:\n    image: registry.example.com/api:1.0\n    healthcheck:\n      test: ["CMD", "curl", "-f", "http://127.0.0.1:3000/"]\n    expose: ["3000"]\n',
    ),
    state: 'open',
    evidence: 'api: the health check calls curl, and nothing says whether registry.example.com/api:1.0 has curl',
    at: ['compose.yaml:5'],
  },
  {
    items: healthItems,
    of: 'none, and one switched off',
    files: compose(
      'services:\n  db:\n    image: postgres:17.2\n  cache:\n    image: redis:8.2\n    healthcheck:\n      disable: true\n',
    ),
    state: 'fail',
    evidence: 'db has no health check; cache has its health check switched off',
    at: ['compose.yaml:2', 'compose.yaml:7'],
  },
  {
    items: healthItems,
    of: 'a job that ends by itself is not asked',
    files: compose(
      'services:\n  migrate:\n    image: node:24.1\n    command: ["npm", "run", "migrate"]\n    profiles: [jobs]\n',
    ),
    state: 'not-applicable',
    evidence: 'no service keeps running',
  },
  {
    items: logItems,
    of: 'three ways to keep a log in bounds',
    files: compose(
      'services:\n  a:\n    image: redis:8.2\n    logging: {driver: json-file, options: {max-size: 10m}}\n  b:\n    image: redis:8.2\n    logging: {driver: local}\n  c:\n    image: redis:8.2\n    logging: {driver: syslog}\n',
    ),
    state: 'pass',
    evidence: 'a and b cap their log files; c keeps no log files here',
    at: ['compose.yaml:4', 'compose.yaml:7', 'compose.yaml:10'],
  },
  {
    items: logItems,
    of: 'the default, a cap of "unlimited", and no log at all',
    files: compose(
      'services:\n  a:\n    image: redis:8.2\n  b:\n    image: redis:8.2\n    logging: {options: {max-size: "-1"}}\n  c:\n    image: redis:8.2\n    logging: {driver: none}\n',
    ),
    state: 'fail',
    evidence: 'a and b keep every log line for ever; c throws its log away',
    at: ['compose.yaml:2', 'compose.yaml:6', 'compose.yaml:9'],
  },
  {
    items: logItems,
    of: 'no Compose file',
    files: image('FROM alpine:3.22\n'),
    state: 'not-applicable',
    evidence: 'there is no Compose file',
  },
  {
    items: restartItems,
    of: 'a policy in either form',
    files: compose(
      'services:\n  a:\n    image: redis:8.2\n    restart: unless-stopped\n  b:\n    image: redis:8.2\n    deploy: {restart_policy: {condition: any}}\n',
    ),
    state: 'pass',
    evidence: 'a and b have restart policies',
    at: ['compose.yaml:4', 'compose.yaml:7'],
  },
  {
    items: restartItems,
    of: 'none, "no" and a condition of none',
    files: compose(
      'services:\n  a:\n    image: redis:8.2\n  b:\n    image: redis:8.2\n    restart: "no"\n  c:\n    image: redis:8.2\n    deploy: {restart_policy: {condition: none}}\n',
    ),
    state: 'fail',
    evidence: 'a, b and c stay down after a crash',
    at: ['compose.yaml:2', 'compose.yaml:6', 'compose.yaml:9'],
  },
  {
    items: restartItems,
    of: 'jobs alone',
    files: compose('services:\n  backup:\n    image: alpine:3.22\n    profiles: [jobs]\n'),
    state: 'not-applicable',
    evidence: 'no service keeps running',
  },
  {
    items: ['CHK5.3'],
    of: 'all dropped, one given back',
    files: compose(
      'services:\n  web:\n    image: nginx:1.30\n    cap_drop: [ALL]\n    cap_add: [CHOWN, SETGID, SETUID, NET_BIND_SERVICE]\n',
    ),
    state: 'pass',
    evidence: 'web: all capabilities dropped, CHOWN SETGID SETUID NET_BIND_SERVICE given back',
    at: ['compose.yaml:4'],
  },
  {
    items: ['CHK5.3'],
    of: 'a privileged service, whatever it drops, and one that drops some',
    files: compose(
      'services:\n  a:\n    image: alpine:3.22\n    privileged: true\n    cap_drop: [ALL]\n  b:\n    image: alpine:3.22\n    cap_drop: [NET_RAW]\n',
    ),
    state: 'fail',
    evidence: 'a is privileged: it has every capability; b keeps capabilities that nothing was found to need',
    at: ['compose.yaml:4', 'compose.yaml:8'],
  },
  {
    items: ['CHK5.3'],
    of: 'no Compose file',
    files: image('FROM alpine:3.22\n'),
    state: 'not-applicable',
    evidence: 'there is no Compose file',
  },
];
