import fs from 'node:fs';
import path from 'node:path';
import type { Engine } from './engine.ts';
import { fix } from './fixed.ts';

/** An example, and what it answers when it is well. */
export interface Example {
  readonly name: string;
  readonly port: number;
  readonly path: string;
  readonly answer: string;
}

export interface Sizes {
  readonly name: string;
  readonly before: Built;
  readonly after: Built;
}

export interface Built {
  readonly bytes: number;
  readonly user: string;
  readonly answered: boolean;
  readonly seconds: number;
}

/** Builds and runs an example as it is, mends it with `fix --review`, builds and runs it again. */
export async function measure(engine: Engine, root: string, example: Example, work: string): Promise<Sizes> {
  const directory = path.join(work, example.name);
  fs.cpSync(path.join(root, 'examples', example.name), directory, {
    recursive: true,
    filter: (source) => !source.endsWith('node_modules'),
  });
  const before = buildAndAsk(engine, directory, example, 'before');
  await fix(directory);
  return { name: example.name, before, after: buildAndAsk(engine, directory, example, 'after') };
}

function buildAndAsk(
  { docker }: Engine,
  directory: string,
  { name, port, path: asked, answer }: Example,
  when: string,
): Built {
  const image = `seaworthy-size/${name}:${when}`;
  const started = performance.now();
  docker('build', '-q', '--network=none', '-t', image, directory);
  const seconds = (performance.now() - started) / 1000;
  const container = docker('run', '-d', image);
  try {
    // From a container beside it: the engine may have no way in from here.
    const ask = `let left = 50;
      const ask = () => fetch('http://127.0.0.1:${port}${asked}').then((r) => r.text()).then(console.log)
        .catch((e) => left-- > 0 ? setTimeout(ask, 100) : (console.error(String(e)), process.exit(1)));
      ask();`;
    const said = docker('run', '--rm', `--network=container:${container}`, 'node:24-slim', 'node', '-e', ask);
    const [bytes = '', user = ''] = docker('image', 'inspect', '-f', '{{.Size}} {{.Config.User}}', image).split(' ');
    return { bytes: Number(bytes), user: user || 'root', answered: said.trim() === answer, seconds };
  } catch (error) {
    throw new Error(`${image} does not answer:\n${docker('logs', container)}`, { cause: error });
  } finally {
    docker('rm', '-f', container);
    docker('rmi', '-f', image);
  }
}
