import type { Container, ContainerState, HealthProbe } from '../../engine/container.ts';

/** What the engine says of a container's health, followed from one look to the next. */
export class HealthWatch {
  readonly #container: Pick<Container, 'inspect'>;
  readonly #seen = new Map<string, HealthProbe>();
  #state: ContainerState | undefined;
  #restarts = 0;
  #worstStreak = 0;

  constructor(container: Pick<Container, 'inspect'>) {
    this.#container = container;
  }

  /** Asks the engine. It keeps five probes: look at least that often. */
  async look(): Promise<ContainerState> {
    const { state, restartCount } = await this.#container.inspect();
    this.#state = state;
    this.#restarts = restartCount;
    for (const probe of state.health?.log ?? []) this.#seen.set(probe.start, probe);
    this.#worstStreak = Math.max(this.#worstStreak, state.health?.failingStreak ?? 0);
    return state;
  }

  /** What was seen last. */
  get state(): ContainerState | undefined {
    return this.#state;
  }

  /** `starting`, `healthy`, `unhealthy`; `none` without a check. */
  get status(): string {
    return this.#state?.health?.status ?? 'none';
  }

  get running(): boolean {
    return this.#state?.status === 'running';
  }

  /** It ended, and its restart policy will start it again. */
  get isRestarting(): boolean {
    return this.#state?.status === 'restarting';
  }

  /** Which run of the container this is: it changes with every start. */
  get life(): string {
    return `${this.#restarts} ${this.#state?.startedAt ?? ''}`;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** All that were seen, oldest first. */
  get probes(): readonly HealthProbe[] {
    return [...this.#seen.values()];
  }

  /** The most failures in a row since `forgetStreak`. */
  get worstStreak(): number {
    return this.#worstStreak;
  }

  forgetStreak(): void {
    this.#worstStreak = 0;
  }

  get lastFailure(): HealthProbe | undefined {
    return this.probes.findLast(({ exitCode }) => exitCode !== 0);
  }
}

/** How long a probe took, in ms. */
export const probeMs = ({ start, end }: HealthProbe): number => Math.max(0, Date.parse(end) - Date.parse(start));

/** The line that says most, for one line of a report: not the head of a traceback, nor curl's table of progress. */
export function probeWords({
  exitCode,
  output,
}: Pick<HealthProbe, 'output'> & { exitCode: number | undefined }): string {
  const lines = output.split(/[\r\n]/).flatMap((line) => line.trim() || []);
  const telling = /error|refused|time[d ]?\s?out|not found|no such|denied|fail|unhealthy|\(\d+\) /i;
  return (lines.findLast((line) => telling.test(line)) ?? lines.at(-1) ?? `exit code ${exitCode ?? 'unknown'}`).slice(
    0,
    200,
  );
}

/**
 * Why this probe could not even be made: its tool is not in the image, or dies. 126 and 127 are the shell's words for
 * it (POSIX, 2.8.2), -1 the engine's, and 139 is how Debian's static busybox ends when its wget speaks HTTP.
 */
export function cannotRun(probe: HealthProbe): string | undefined {
  const { exitCode, output } = probe;
  if (exitCode === 0) return undefined;
  const missing =
    /exec: "([^"]+)": (?:executable file not found|stat [^:]+: no such file|permission denied)/.exec(output) ??
    /^(?:\/\S*\/)?(?:ba|da|a|k|z)?sh: (?:line )?(?:\d+: )?([^\s:]+): (?:command )?not found$/m.exec(output);
  if (missing?.[1]) return `${missing[1]} is not in the image, or cannot be run`;
  if (exitCode === 126 || exitCode === 127) return probeWords(probe);
  if (exitCode === 139 || exitCode === 132 || exitCode === 134) return `its tool crashes (exit code ${exitCode})`;
  if (exitCode === -1 && /OCI runtime exec failed/.test(output)) return probeWords(probe);
  return undefined;
}
