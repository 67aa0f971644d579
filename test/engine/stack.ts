import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../house/engine/engine.ts';
import { imagesNamedIn } from '../house/engine/images-named-in.ts';
import { type Ran, run, tail } from '../house/engine/run.ts';
import { standInFor } from '../house/engine/stand-ins.ts';

/** A question that a stack answers when it runs: what a user of it would notice. */
export interface Ask {
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  readonly body?: string;
  readonly status?: number;
  readonly says?: string;
}

/** How a stack fared: what of it ran, as lines that can be compared. */
export interface Fared {
  /** `api runs`, `api is healthy`, `migrate ended well`, `GET :3000/health answers 200`. */
  readonly good: readonly string[];
  /** What did not, with its reason and its last words. */
  readonly bad: readonly string[];
}

interface Container {
  readonly Name: string;
  readonly RestartCount: number;
  readonly Config: { readonly Labels: Readonly<Record<string, string>> };
  readonly HostConfig: { readonly RestartPolicy: { readonly Name: string } };
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly Error: string;
    readonly OOMKilled: boolean;
    readonly Health?: { readonly Status: string; readonly Log: readonly { readonly Output: string }[] | null };
  };
}

/** Compose's own interval, 30 s, would be waited for by each healthy service. Other than this, files run as they are. */
const quickProbes = { interval: '1s', retries: 15 };

/** One Compose project on an engine. */
export class Stack {
  readonly engine: Engine;
  readonly folder: string;
  readonly project: string;

  constructor(engine: Engine, folder: string, project: string) {
    this.engine = engine;
    this.folder = folder;
    this.project = project;
  }

  /** Builds and starts it, `ups` times, and waits until it is as good as it gets. */
  async fare(asks: readonly Ask[], seconds: number, ups = 1): Promise<Fared> {
    await this.#standIns();
    const services = await this.#services();
    const override = path.join(path.dirname(this.folder), `${path.basename(this.folder)}.quick.json`);
    fs.writeFileSync(
      override,
      JSON.stringify({ services: Object.fromEntries(services.map((name) => [name, { healthcheck: quickProbes }])) }),
    );
    const files = ['-f', composeFile(this.folder), '-f', override];
    const built = await this.#compose([...files, 'build', '--quiet', ...this.engine.buildArguments], 300);
    if (built.code !== 0) return { good: [], bad: [`it does not build:\n${tail(built.err + built.out, 40)}`] };
    let up: Ran = { code: null, out: '', err: '' };
    for (let time = 0; time < ups; time++) {
      if (time > 0) await sleep(3000);
      up = await this.#compose([...files, 'up', '--detach', '--no-build', '--quiet-pull'], seconds + 60);
    }
    const fared = await this.#settled(asks, services, seconds);
    return up.code === 0
      ? fared
      : { ...fared, bad: [`compose up ended with ${up.code}: ${tail(up.err, 5)}`, ...fared.bad] };
  }

  /** Removes containers and networks; volumes and images as well when it is over. */
  async down(over: boolean): Promise<void> {
    const all = over ? ['--volumes', '--rmi', 'local'] : [];
    await this.#compose(['-f', composeFile(this.folder), 'down', '--timeout', '3', '--remove-orphans', ...all], 120);
  }

  async #settled(asks: readonly Ask[], services: readonly string[], seconds: number): Promise<Fared> {
    const until = Date.now() + seconds * 1000;
    let quietSince = Date.now();
    for (;;) {
      const containers = await this.#containers();
      const answers = await Promise.all(asks.map((ask) => this.#ask(ask)));
      if (containers.some(isComing)) quietSince = Date.now();
      const answered = answers.every((answer, index) => answer === wanted(asks[index]!));
      // What answers wrongly, or not at all, when all is up has a little longer.
      const isOver = Date.now() > until || Date.now() - quietSince > (answered ? 0 : 10_000);
      if (isOver) {
        // What falls over at once, or is restarted again and again, did not run.
        await sleep(1500);
        return this.#told(asks, services, await this.#containers(), answers);
      }
      await sleep(300);
    }
  }

  async #told(
    asks: readonly Ask[],
    services: readonly string[],
    containers: readonly Container[],
    answers: readonly string[],
  ): Promise<Fared> {
    const good: string[] = [];
    const bad: string[] = [];
    for (const service of services) {
      const own = containers.filter(({ Config }) => Config.Labels['com.docker.compose.service'] === service);
      if (own.length === 0) bad.push(`${service} was not started`);
      for (const container of own) {
        const { Status, ExitCode, Health, OOMKilled, Error: reason } = container.State;
        if (Status === 'running' && container.RestartCount === 0 && (Health?.Status ?? 'healthy') === 'healthy')
          good.push(`${service} runs`);
        else if (Status === 'exited' && ExitCode === 0) good.push(`${service} ended well`);
        else {
          const probe = Health?.Log?.at(-1)?.Output ?? '';
          const state = `${Status}, exit code ${ExitCode}, ${container.RestartCount} restarts${OOMKilled ? ', out of memory' : ''}`;
          bad.push(
            `${service}: ${state}, ${Health?.Status ?? 'no health check'} ${reason} ${probe}\n${await this.#logs(container)}`,
          );
        }
      }
    }
    for (const [index, ask] of asks.entries()) {
      const line = `${ask.method ?? 'GET'} :${ask.port}${ask.path} answers`;
      if (answers[index] === wanted(ask)) good.push(`${line} ${wanted(ask)}`);
      else bad.push(`${line} "${answers[index]}", not "${wanted(ask)}"`);
    }
    // What else it was doing shows why it did not answer.
    if (bad.length > 0)
      for (const container of containers.filter(isUp)) bad.push(`(${container.Name}:\n${await this.#logs(container)})`);
    return { good: [...new Set(good)].sort(), bad };
  }

  async #logs({ Name }: Container): Promise<string> {
    const { out, err } = await this.#docker(['logs', '--tail', '15', Name]);
    return tail(`${out}${err}`, 15).replace(/^/gm, '    ');
  }

  async #containers(): Promise<readonly Container[]> {
    const filter = `label=com.docker.compose.project=${this.project}`;
    const ids = (await this.#docker(['ps', '-aq', '--filter', filter])).out.split('\n').filter(Boolean);
    return ids.length === 0 ? [] : JSON.parse((await this.#docker(['inspect', ...ids])).out || '[]');
  }

  async #services(): Promise<string[]> {
    const ran = await this.#compose(['-f', composeFile(this.folder), 'config', '--format', 'json']);
    if (ran.code !== 0) throw new Error(`compose cannot read it:\n${ran.err}`);
    const model: { services: Record<string, { healthcheck?: { disable?: boolean } }> } = JSON.parse(ran.out);
    return Object.keys(model.services);
  }

  /** Every image that its files name gets a stand-in, where there is one and the engine is our own. */
  async #standIns(): Promise<void> {
    if (!this.engine.standIns) return;
    for (const name of imagesNamedIn(this.folder)) await standInFor(this.engine, name);
  }

  #compose(args: readonly string[], seconds = 60): Promise<Ran> {
    return this.#docker(
      ['compose', '--project-name', this.project, '--project-directory', this.folder, ...args],
      seconds,
    );
  }

  #docker(args: readonly string[], seconds = 60): Promise<Ran> {
    const { PATH, HOME, XDG_RUNTIME_DIR } = process.env;
    return run(this.engine.docker, args, {
      cwd: this.folder,
      env: { PATH, HOME, XDG_RUNTIME_DIR, ...this.engine.env },
      seconds,
    });
  }

  /** `200`, or `200 with "words"`, or `no answer`. */
  async #ask({ port, path: where, method = 'GET', body, says }: Ask): Promise<string> {
    const socket = await this.#connection(port);
    if (!socket) return 'no answer';
    return new Promise((resolve) => {
      const request = http.request(
        { createConnection: () => socket, method, path: where, headers: { host: 'localhost' }, timeout: 5000 },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (chunk) => {
            text += chunk;
          });
          answer.on('end', () =>
            resolve(`${answer.statusCode}${says && text.includes(says) ? ` with "${says}"` : ''}`),
          );
          answer.on('error', () => resolve('no answer'));
        },
      );
      request.on('timeout', () => request.destroy());
      request.on('error', () => resolve('no answer'));
      request.end(body);
    });
  }

  #connection(port: number): Promise<net.Socket | undefined> {
    const { gate } = this.engine;
    return new Promise((resolve) => {
      const socket = gate === undefined ? net.connect(port, '127.0.0.1') : net.connect(gate);
      socket.once('error', () => resolve(undefined));
      if (gate === undefined) socket.once('connect', () => resolve(socket));
      else {
        socket.write(`CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: engine\r\n\r\n`);
        socket.once('data', (chunk) =>
          String(chunk).startsWith('HTTP/1.1 200') ? resolve(socket) : resolve(undefined),
        );
      }
    });
  }
}

function wanted({ status = 200, says }: Ask): string {
  return `${status}${says === undefined ? '' : ` with "${says}"`}`;
}

/** Not yet as good as it gets. */
function isComing({ State, RestartCount }: Container): boolean {
  if (State.Status === 'created' || State.Status === 'restarting') return RestartCount < 5;
  return State.Status === 'running' && State.Health?.Status === 'starting';
}

function isUp({ State }: Container): boolean {
  return State.Status === 'running' && State.Health?.Status !== 'unhealthy';
}

function composeFile(folder: string): string {
  const name = ['compose.yaml', 'compose.yml', 'docker-compose.yml'].find((one) =>
    fs.existsSync(path.join(folder, one)),
  );
  if (name === undefined) throw new Error(`${folder} holds no Compose file`);
  return path.join(folder, name);
}
