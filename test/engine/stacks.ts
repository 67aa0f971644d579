import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Ask } from './stack.ts';

/** A project to be run before and after it is mended. */
export interface StackCase {
  readonly name: string;
  /** Below the repository. */
  readonly folder: string;
  readonly asks: readonly Ask[];
  /** What its README says to do before the first start. */
  readonly prepare?: (folder: string) => void;
  /** How often it is told to come up: some come up at the second try, and say so. */
  readonly ups?: number;
  /** Ports of the host that it takes beside those it is asked at: two such stacks do not run at the same time. */
  readonly takes?: readonly number[];
  /** What does not run as it is, and is not meant to: the beginning of the line that says so. */
  readonly broken?: string;
  /** Too much for an engine that is not ours, and why. */
  readonly onlyOwn?: string;
}

const get = (port: number, where: string, says?: string): Ask => ({ port, path: where, ...(says ? { says } : {}) });
const service = (name: string, ...asks: Ask[]): StackCase => ({ name, folder: `test/engine/services/${name}`, asks });

export const stacks: readonly StackCase[] = [
  service('node-http', get(3101, '/', 'hello'), {
    port: 3101,
    path: '/',
    method: 'POST',
    body: 'x',
    says: 'kept true',
  }),
  service('node-alpine-npm', get(3102, '/', 'hello')),
  service('python-http', get(8103, '/', 'visited, True')),
  service('go-http', get(8104, '/', 'hello from go')),
  service('nginx-static', get(8105, '/', 'a static site'), get(8115, '/', 'a static site')),
  { ...service('postgres-client'), takes: [5432] },
  service('redis-client', get(8107, '/', 'counted True')),
  service('secrets-from-environment'),
  service('proxy-and-api', get(8109, '/', 'the database listens')),
  {
    name: 'examples/seaworthy',
    folder: 'examples/seaworthy',
    asks: [get(8080, '/api/orders')],
    prepare: (folder) => execFileSync('sh', ['scripts/make-secrets.sh'], { cwd: folder }),
  },
  {
    name: 'examples/python-service',
    folder: 'examples/python-service',
    asks: [get(8000, '/ready', 'ready')],
    prepare: (folder) => {
      fs.mkdirSync(path.join(folder, 'secrets'));
      fs.writeFileSync(path.join(folder, 'secrets/api_token'), 'demo-token', { mode: 0o444 });
    },
  },
  {
    name: 'examples/leaky',
    folder: 'examples/leaky',
    asks: [get(3000, '/health', 'ok'), get(3000, '/api/orders'), get(80, '/health', 'ok')],
    // What that site serves today is not for our tests to run; the line stays a pipe into a shell.
    prepare: (folder) => {
      const file = path.join(folder, 'api/Dockerfile');
      const text = fs.readFileSync(file, 'utf8');
      fs.writeFileSync(file, text.replace('https://gobinaries.com/tj/node-prune', 'file:///dev/null'));
    },
    ups: 2,
    broken: 'worker: running, exit code 0, 0 restarts, ',
    takes: [5432, 6379],
    onlyOwn: 'it mounts the socket of the engine, and publishes a database',
  },
];

/** Examples that no test runs, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  'examples/ml-gpu': 'needs a GPU and gigabytes of libraries for it',
  'examples/naive-go': 'has no Compose file: `npm run bench:images` builds it, asks it, mends it, and asks it again',
  'examples/naive-node': 'has no Compose file: `npm run bench:images` builds it, asks it, mends it, and asks it again',
};
