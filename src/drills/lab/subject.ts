import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container, Inspected } from '../../engine/container.ts';
import type { EngineEvent, EngineEvents } from '../../engine/events.ts';
import type { Inside } from '../../inside/client.ts';
import type { CgroupSeen, HttpRequest, LoadPart } from '../../inside/protocol.ts';
import { type HealthTest, healthTestOf, runHealthTest } from '../../stack/health-test.ts';
import type { ServicePlan } from '../../stack/plan.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import { probeWords } from '../health/health-watch.ts';
import type { LoadOptions, Ready, RunningLoad, Subject } from '../lab.ts';
import { complains, lastWords } from '../last-words.ts';
import type { DrillSettings } from '../settings.ts';
import type { Helpers } from './helpers.ts';
import type { Journal } from './journal.ts';
import { learnSettings } from './learn-settings.ts';
import { mayBeWorker, openPorts, portOf } from './port-of.ts';

/** What a subject is made of. */
export interface SubjectParts {
  readonly plan: ServicePlan;
  readonly container: Container;
  readonly settings: DrillSettings;
  readonly helpers: Helpers;
  readonly outside: () => Promise<Inside>;
  readonly journal: Journal | undefined;
  readonly engineEvents: EngineEvents;
  readonly signal: AbortSignal;
  /** It is somebody's own: it may be looked at, no more. */
  readonly isAttached: boolean;
  readonly onReady?: (subject: LabSubject) => Promise<void>;
  /** The service in whose network it lives (`network_mode: service:db`). */
  readonly network?: () => Subject | undefined;
}

/** One run of a health test. */
export interface Probed {
  readonly ok: boolean;
  readonly output: string;
  readonly ms: number;
  readonly timedOut: boolean;
  readonly code: number | undefined;
}

/** See `Subject`. */
export class LabSubject implements Subject {
  readonly name: string;
  readonly plan: ServicePlan;
  readonly container: Container;
  readonly #parts: SubjectParts;
  #inside: { readonly startedAt: string; readonly inside: Promise<Inside> } | undefined;
  #test: { readonly body: HealthTest | undefined } | undefined;
  #protocol: 'http' | 'tcp' | undefined;
  #settings: DrillSettings;
  /** Where it was found to listen when it was ready; see `portOf`. */
  #port: number | undefined;
  /** Since when, in which life of the container, the likeliest port was seen to be closed. */
  #closed: { readonly life: string; readonly since: number } | undefined;
  /** It listens nowhere, whatever its image exposes. */
  #isQuiet = false;

  constructor(parts: SubjectParts) {
    this.name = parts.plan.name;
    this.plan = parts.plan;
    this.container = parts.container;
    this.#parts = parts;
    this.#settings = parts.settings;
  }

  async address(): Promise<{ readonly host: string; readonly port: number } | undefined> {
    const inspected = await this.container.inspect();
    const shared = this.#parts.network?.();
    const host = shared ? (await shared.address())?.host : firstAddress(inspected);
    if (!host) return undefined;
    const { port: stated, likelyPorts } = this.#settings;
    if (this.#isQuiet) return undefined;
    const port = stated ?? this.#port ?? likelyPorts[0] ?? (await this.#listening());
    return port === undefined ? undefined : { host, port };
  }

  outside(): Promise<Inside> {
    return this.#parts.outside();
  }

  async inside(): Promise<Inside> {
    const { state } = await this.container.inspect();
    if (state.status !== 'running')
      throw new SeaworthyError('engine-refused', `${this.name} is ${state.status}: nothing to look into`);
    // When it was restarted, its namespaces are new ones and the helper in the old ones is gone.
    if (this.#inside?.startedAt !== state.startedAt)
      this.#inside = { startedAt: state.startedAt, inside: this.#parts.helpers.inside(this.container) };
    return this.#inside.inside;
  }

  start(): Promise<void> {
    return this.container.start();
  }

  async crash(signal = 'SIGKILL'): Promise<void> {
    this.#mustBeOurs();
    const { pid } = await this.container.inspect();
    if (pid === 0) throw new SeaworthyError('engine-refused', `${this.name} does not run: it cannot crash`);
    const host = await this.#parts.helpers.host();
    // A helper signals only what it has told of.
    await host.processes(this.container.id);
    await host.signal([pid], signal);
  }

  async logSizes(): Promise<Readonly<Record<string, number>>> {
    const { logPath } = await this.container.inspect();
    if (logPath === '') return {};
    const helper = await this.#parts.helpers.beside(path.posix.dirname(logPath));
    const sizes = await helper.sizes('/beside').finally(() => helper.end());
    return Object.fromEntries(
      Object.entries(sizes).filter(([name]) => name.includes('.log') || name.startsWith('container')),
    );
  }

  async cgroup(): Promise<CgroupSeen> {
    const seen = await (await this.#parts.helpers.host()).cgroup(this.container.id);
    this.#parts.journal?.memory(seen.memoryBytes, seen.memoryLimit);
    return seen;
  }

  events(): readonly EngineEvent[] {
    return this.#parts.engineEvents.of(this.container.id);
  }

  async probe(): Promise<Probed | undefined> {
    this.#test ??= { body: healthTestOf(await this.container.inspect(), this.plan.body.Healthcheck?.Test) };
    if (!this.#test.body) return undefined;
    const { code, out, err, ms } = await runHealthTest(this.container, this.#test.body);
    return { ok: code === 0, output: `${out}${err}`.slice(0, 4096), ms, timedOut: code === undefined, code };
  }

  async ready(timeoutMs = 60_000): Promise<Ready> {
    const began = performance.now();
    const ms = () => performance.now() - began;
    let by = 'running';
    let because = 'it was not looked at';
    let restartsBefore: number | undefined;
    while (ms() < timeoutMs) {
      this.#parts.signal.throwIfAborted();
      const { state, restartCount } = await this.container.inspect();
      if (state.status === 'exited' || state.status === 'dead')
        return { ok: false, by, ms: ms(), because: await this.#lastWords(`it ended with code ${state.exitCode}`) };
      // Restarts before this wait are somebody else's: a drill may have caused them.
      restartsBefore ??= restartCount;
      const restarts = restartCount - restartsBefore;
      if (restarts > 4)
        return { ok: false, by, ms: ms(), because: await this.#lastWords(`it was restarted ${restarts} times`) };
      if (state.status === 'running') {
        const seen = await this.#isReady(state.startedAt);
        by = seen.by;
        // What ended while it was looked at has no address any more, and a probe that fails for that says nothing.
        const now = (await this.container.inspect()).state;
        if (seen.ok && now.status === 'running' && now.startedAt === state.startedAt) {
          const tookMs = ms();
          await this.#findPort();
          await this.#parts.onReady?.(this);
          return { ok: true, by, ms: tookMs };
        }
        because = seen.ok ? 'it ended while it was looked at' : seen.because;
      }
      await sleep(100);
    }
    return { ok: false, by, ms: ms(), because: await this.#lastWords(because) };
  }

  async #isReady(life: string): Promise<{ ok: boolean; by: string; because: string }> {
    const probed = await this.probe().catch((error: unknown) => ({
      // It ended while we looked.
      ok: false,
      output: error instanceof Error ? error.message : '',
      timedOut: false,
      code: undefined,
    }));
    // A test that cannot be run at all says nothing of the service: its port must tell.
    const cannotRun = probed?.code === 126 || probed?.code === 127;
    if (probed && !cannotRun) {
      const { code, output } = probed;
      const words =
        output.trim() === '' ? `fails with code ${code}` : `says "${probeWords({ exitCode: code, output })}"`;
      const said = probed.timedOut ? 'timed out' : words;
      return { ok: probed.ok, by: 'health test', because: `its health test ${said}` };
    }
    const at = await this.address();
    if (!at) return { ok: true, by: 'running', because: '' };
    const reach = await (await this.#parts.outside()).reach(at.host, at.port, 2000);
    if (reach !== 'open') await this.#lookElsewhere(at.port, life);
    return { ok: reach === 'open', by: 'port', because: `port ${at.port} is ${reach}` };
  }

  async #lastWords(because: string): Promise<string> {
    const log = await this.container.logs({ tail: 20 }).catch(() => '');
    const [words] = lastWords(log)
      .filter((line) => complains(line))
      .concat(lastWords(log).slice(-1));
    return words === undefined ? because : `${because}; it last said: ${words}`;
  }

  async ask(
    request?: HttpRequest,
  ): Promise<{ readonly ok: boolean; readonly status: number | undefined; readonly ms: number } | undefined> {
    const at = await this.address();
    if (!at) return undefined;
    const outside = await this.#parts.outside();
    const wanted = request ?? this.#settings.requests[0]!;
    if ((await this.protocol()) === 'tcp' && !request) {
      const began = performance.now();
      const reach = await outside.reach(at.host, at.port, 5000);
      return { ok: reach === 'open', status: undefined, ms: performance.now() - began };
    }
    const answer = await outside.http(at.host, at.port, wanted, 5000);
    const ok =
      answer.status !== undefined &&
      (wanted.expect?.length ? wanted.expect.includes(answer.status) : answer.status < 500);
    return { ok, status: answer.status, ms: answer.ms };
  }

  /** What it speaks: as the file says, else as one question shows. */
  async protocol(): Promise<'http' | 'tcp'> {
    const settings = this.#settings;
    if (settings.protocol === 'tcp' || settings.requestsAreStated) return settings.protocol;
    if (this.#protocol) return this.#protocol;
    const at = await this.address();
    if (!at) return settings.protocol;
    const outside = await this.#parts.outside();
    const answer = await outside.http(
      at.host,
      at.port,
      { method: 'GET', path: settings.requests[0]?.path ?? '/' },
      5000,
    );
    if (answer.status === undefined && (await outside.reach(at.host, at.port, 2000)) !== 'open')
      return settings.protocol;
    this.#protocol = answer.status === undefined ? 'tcp' : 'http';
    return this.#protocol;
  }

  async load(options: LoadOptions): Promise<RunningLoad> {
    this.#mustBeOurs();
    const at = await this.address();
    if (!at) throw new SeaworthyError('engine-refused', `${this.name} listens nowhere: no load can be put on it`);
    const { journal, signal } = this.#parts;
    const settings = this.#settings;
    const protocol = await this.protocol();
    const kinds = options.kinds ?? (protocol === 'tcp' ? (['tcp'] as const) : settings.kinds);
    const rate = options.rate ?? settings.rate;
    const requests = options.requests ?? settings.requests;
    const parts: LoadPart[] = kinds.flatMap((kind) =>
      requests.map((request) => ({
        kind,
        rate: rate / kinds.length / requests.length,
        request: this.#isOnlyHealth(request) ? { ...request, expect: anyStatus } : request,
      })),
    );
    const outside = await this.#parts.outside();
    const began = Date.now();
    const load = await outside.load({
      ...at,
      parts,
      seconds: options.seconds,
      timeoutMs: options.timeoutMs ?? 5000,
      ...(options.notice ? { notice: options.notice } : {}),
    });
    const result = load.result.then((told) => {
      journal?.load(began, told);
      return told;
    });
    result.catch(() => undefined);
    const stop = async () => {
      await load.stop();
      return result;
    };
    signal.addEventListener('abort', () => void load.stop().catch(() => undefined), { once: true });
    return { result, stop };
  }

  async meet(): Promise<void> {
    await this.#parts.onReady?.(this);
  }

  /** What another copy of it has taught. */
  knows(settings: DrillSettings): void {
    this.#settings = settings;
  }

  /** Asked while it is well: see `learnSettings`. */
  async learn(): Promise<DrillSettings> {
    const at = await this.address();
    if (at) this.#settings = await learnSettings(this.#settings, at, await this.outside());
    return this.#settings;
  }

  /** Where nothing but the health route is known to be asked, its "not ready" is an answer like any other. */
  #isOnlyHealth(request: HttpRequest): boolean {
    const { requestsAreStated, readiness, liveness } = this.#settings;
    return !requestsAreStated && (request.path === readiness || request.path === liveness);
  }

  #mustBeOurs(): void {
    if (this.#parts.isAttached)
      throw new SeaworthyError('internal', `a drill meant to disturb ${this.name}, which is not ours`);
  }

  /** Ends its helper. */
  async leave(): Promise<void> {
    const inside = await this.#inside?.inside.catch(() => undefined);
    await inside?.end().catch(() => undefined);
  }

  /** Where nobody says a port: what it listens on, looked at from inside. */
  async #listening(): Promise<number | undefined> {
    try {
      return portOf(this.#settings, this.plan, await openPorts(await this.inside()));
    } catch {
      return undefined;
    }
  }

  /** While the likeliest port is closed: whether it listens on another, or nowhere at all. */
  async #lookElsewhere(port: number, life: string): Promise<void> {
    if (this.#settings.port !== undefined || this.#port !== undefined) return;
    if (this.#closed?.life !== life) this.#closed = { life, since: performance.now() };
    const ms = performance.now() - this.#closed.since;
    // Others may open first, such as one for metrics: the likeliest has its time.
    if (ms < elsewhereAfterMs) return;
    const open = await this.inside().then(openPorts, () => undefined);
    if (!open) return;
    const other = portOf(this.#settings, this.plan, open);
    if (other !== undefined && other !== port) this.#port = other;
    this.#isQuiet = open.length === 0 && ms > quietAfterMs[this.#settings.protocol] && mayBeWorker(this.plan);
  }

  /** Once it is ready, where the likeliest port is closed and another is not: that one, from now on. */
  async #findPort(): Promise<void> {
    if (this.#settings.port !== undefined || this.#port !== undefined) return;
    const at = await this.address();
    if (!at) return;
    const isOpen = (await (await this.#parts.outside()).reach(at.host, at.port, 2000)) === 'open';
    this.#port = isOpen ? at.port : ((await this.#listening()) ?? at.port);
  }
}

/** So long is the likeliest port asked alone. */
const elsewhereAfterMs = 5000;
/** So long may one that might be a worker take to listen; one of a database's image has more, for that is slow at first. */
const quietAfterMs = { http: 30_000, tcp: 55_000 };

/** Status codes of HTTP, RFC 9110 15. */
const anyStatus = Array.from({ length: 500 }, (_, index) => 100 + index);

function firstAddress({ networks }: Inspected): string | undefined {
  return Object.values(networks).find(({ ip }) => ip !== '')?.ip;
}
