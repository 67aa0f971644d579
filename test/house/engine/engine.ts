/** A Docker engine that tests may use, as plain values: it goes from the process that found it to the tests. */
export interface Engine {
  /** For people: `private engine 20.10.24`. */
  readonly title: string;
  /** The docker command to use; one in `/usr/local/bin` may be another than the packages' own. */
  readonly docker: string;
  /** What the command is to see: DOCKER_HOST, DOCKER_CONFIG with the Compose plugin. */
  readonly env: Readonly<Record<string, string>>;
  /** An engine of the tests alone, removed or reset after them. */
  readonly own: boolean;
  /** A folder of the tests' engine, and in it the context of the stand-in images; none for others' engines. */
  readonly standIns?: { readonly context: string; readonly mark: string };
  /** What every build is told: how it reaches the network. */
  readonly buildArguments: readonly string[];
  /** A Unix socket that takes CONNECT to ports that this engine publishes; without one they are on 127.0.0.1. */
  readonly gate?: string;
}

/** What the answer to "is there an engine?" may be. */
export type Answer = { readonly engine: Engine } | { readonly none: true } | { readonly error: string };
