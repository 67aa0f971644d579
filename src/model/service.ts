import type { ImageReference } from '../knowledge/image-reference.ts';
import type { ShellCommand } from '../read/shell/tree.ts';
import type { YamlMap, YamlNode } from '../read/yaml/tree.ts';
import type { Fact, Sourced } from '../vocabulary/fact.ts';
import type { Span } from '../vocabulary/span.ts';
import type { ComposeModel } from './compose-model.ts';
import type { Dockerfile } from './dockerfile/dockerfile.ts';
import type { CommandLine, HealthTest, Image } from './image/image.ts';

/**
 * A Compose service as it will run: its Compose attributes, over what its image says, over what the base image is
 * known to say. A Dockerfile that no service builds makes a service of its own, with `compose` undefined; then
 * everything that only Compose can say is undefined or empty.
 */
export interface Service {
  readonly name: string;
  /** Its key in the Compose file; for a lone Dockerfile, the FROM of the stage that is built. */
  readonly nameSpan: Span;
  /** The merged, canonical node; undefined for a lone Dockerfile. */
  readonly compose: YamlMap | undefined;
  readonly composeModel: ComposeModel | undefined;
  readonly image: Image;
  /** `image:` of the Compose file, and the template it was made from. */
  readonly imageName:
    | (Sourced<string> & { readonly template: string | undefined; readonly reference: ImageReference | undefined })
    | undefined;
  readonly build: Build | undefined;

  /** Who the main process starts as. `from` tells whether Compose, the Dockerfile or the base says so. */
  readonly user: Fact<string> | undefined;
  /** root or not; `steps-down`: starts as root, and the known image's entrypoint gives it up by itself. */
  readonly privilege: 'root' | 'non-root' | 'steps-down' | 'unknown';
  readonly workdir: Fact<string> | undefined;
  /** What runs as PID 1 (or under the init): entrypoint and command put together as Docker does. */
  readonly process: Process;
  readonly healthcheck: Health;
  readonly stopSignal: Fact<string> | undefined;
  /** `stop_grace_period` in milliseconds. Docker's default is 10 s. */
  readonly stopGraceMs: Sourced<number> | undefined;
  readonly init: Sourced<boolean> | undefined;

  /** Image and Compose environment; later wins. Values may be secret: mask before showing. */
  readonly environment: ReadonlyMap<string, EnvironmentVariable>;
  /** Published on the host. */
  readonly ports: readonly PublishedPort[];
  /** TCP ports that the app is thought to listen on, likeliest first: EXPOSE, `expose`, targets of `ports`, PORT, the command line. */
  readonly listens: readonly Fact<number>[];

  /** `no`, `always`, `on-failure[:N]`, `unless-stopped`. */
  readonly restart: Sourced<string> | undefined;
  readonly memoryLimit: Sourced<number> | undefined;
  readonly memoryReservation: Sourced<number> | undefined;
  readonly cpuLimit: Sourced<number> | undefined;
  readonly cpuReservation: Sourced<number> | undefined;
  readonly pidsLimit: Sourced<number> | undefined;
  readonly logging: Logging | undefined;
  readonly readOnly: Sourced<boolean> | undefined;
  readonly tmpfs: readonly Sourced<string>[];
  readonly mounts: readonly MountPoint[];
  readonly capAdd: readonly Sourced<string>[];
  readonly capDrop: readonly Sourced<string>[];
  readonly securityOptions: readonly Sourced<string>[];
  readonly privileged: Sourced<boolean> | undefined;
  /** Names of the networks it joins; the `default` network is one. Empty with `network_mode`. */
  readonly networks: readonly Sourced<string>[];
  readonly networkMode: Sourced<string> | undefined;
  readonly dependsOn: readonly Dependency[];
  readonly secrets: readonly Sourced<string>[];
  /** `deploy.replicas` or `scale`; 1 when neither is said. */
  readonly replicas: { readonly value: number; readonly span: Span | undefined };
  readonly profiles: readonly string[];
  readonly role: Role;

  /** A node of the merged service: `attribute('deploy.resources')`. */
  attribute(path: string): YamlNode | undefined;
  /** Where to point for an attribute that is missing or wrong: the attribute's key, else its nearest parent's, else the name. */
  at(path: string): Span;
}

export interface Build {
  readonly context: string | undefined;
  readonly contextSpan: Span;
  /** Undefined when it could not be read: see `missing`. */
  readonly dockerfile: Dockerfile | undefined;
  readonly missing: { readonly what: string; readonly span: Span } | undefined;
  readonly target: Sourced<string> | undefined;
  readonly arguments: ReadonlyMap<string, Sourced<string | undefined>>;
}

export interface Process {
  readonly entrypoint: Fact<CommandLine | undefined> | undefined;
  readonly command: Fact<CommandLine | undefined> | undefined;
  /** Commands that it runs, the first being PID 1's, wrappers (`tini --`, `docker-entrypoint.sh`) included. Empty when unknown. */
  readonly commands: readonly ShellCommand[];
  /** A shell stands between Docker and the app: shell form, or `sh -c`. */
  readonly throughShell: boolean;
  /** Where to point at. */
  readonly span: Span | undefined;
}

/** `none`: nothing checks it; `disabled`: somebody switched it off; `unknown`: the image is not known. */
export type Health =
  | {
      readonly kind: 'test';
      readonly test: HealthTest;
      readonly span: Span;
      readonly from: 'compose' | 'dockerfile' | 'base-image';
      readonly commands: readonly ShellCommand[];
    }
  | { readonly kind: 'disabled'; readonly span: Span }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

export interface EnvironmentVariable {
  readonly name: string;
  /** Undefined: taken from the environment Compose is called in, which no file tells. */
  readonly value: string | undefined;
  readonly span: Span;
  readonly keySpan: Span;
  readonly from: 'compose' | 'env_file' | 'dockerfile';
  /** The text before interpolation, where it had variables: then the value is not written in this file. */
  readonly template: string | undefined;
}

export interface PublishedPort {
  /** `127.0.0.1`, or undefined for all interfaces. */
  readonly hostIp: string | undefined;
  /** A port or range; undefined where Docker chooses. */
  readonly published: string | undefined;
  readonly target: number;
  readonly protocol: string;
  readonly mode: string | undefined;
  readonly span: Span;
}

export interface Logging {
  readonly driver: Sourced<string> | undefined;
  readonly options: ReadonlyMap<string, Sourced<string>>;
  readonly span: Span;
}

export interface MountPoint {
  readonly type: string;
  /** Volume name, or host path as the project writes it, made relative to the project. */
  readonly source: string | undefined;
  readonly target: string;
  readonly readOnly: boolean;
  readonly span: Span;
  readonly node: YamlMap;
}

export interface Dependency {
  readonly service: string;
  readonly condition: string;
  readonly span: Span;
}

/** What kind of service it is, as far as image, command and its place in the project tell. */
export interface Role {
  /** A one-shot does its work and ends: migrations, seeds, jobs. A tool is started by hand (profiles). */
  readonly runs: 'server' | 'one-shot' | 'tool';
  readonly kind: 'app' | 'database' | 'cache' | 'queue' | 'search' | 'proxy' | 'monitoring' | 'worker' | 'unknown';
  /** It keeps data that must survive it. */
  readonly keepsData: boolean;
  readonly because: string;
}
