import { type Confidence, leastSure } from '../vocabulary/severity.ts';

/**
 * What an image contains and how it starts, as far as somebody looked. A missing field means "not known", never "no";
 * `null` and `[]` are findings: no HEALTHCHECK, no shell, no EXPOSE.
 */
export interface ImageFacts {
  /** Canonical name without registry defaults: `node`, `gcr.io/distroless/static`. */
  readonly image: string;
  /** Which of the image's flavours this row speaks of: `alpine`, `debian, >=18`. */
  readonly variant?: string;
  readonly os?: { readonly family: OsFamily; readonly version?: string };
  readonly libc?: 'glibc' | 'musl' | null;
  readonly packageManager?: PackageManager | null;
  /** Path of the shell that CMD-SHELL and shell form use; null where there is none. */
  readonly shell?: string | null;
  readonly defaultUser?: { readonly name?: string; readonly uid?: number; readonly gid?: number };
  /** Accounts the image has beyond the distribution's own. */
  readonly users?: readonly { readonly name: string; readonly uid?: number; readonly gid?: number }[];
  readonly entrypoint?: readonly string[] | null;
  readonly cmd?: readonly string[] | null;
  readonly workdir?: string;
  /** null is SIGTERM. */
  readonly stopSignal?: string | null;
  readonly exposedPorts?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: ImageHealthcheck | null;
  /** How it gives up root by itself, and what `cap_drop: [ALL]` must give back for that. */
  readonly stepsDown?: StepsDown;
  /** Capabilities without which it does not even start, whoever runs it; without `CAP_`. */
  readonly needsCapabilities?: { readonly names: readonly string[]; readonly why: string };
  /** Paths that need a tmpfs or volume under a read-only root. */
  readonly writes?: readonly string[];
  /** What is written to a path of `writes`. */
  readonly writesWhy?: Readonly<Record<string, string>>;
  /** Variables that read a secret from a file; `[]` where the image takes none. */
  readonly secretFileEnv?: readonly string[];
  readonly importantEnv?: readonly { readonly name: string; readonly why: string; readonly default?: string }[];
  /** Programs by name: there, not there, or which flavour (`busybox`). A missing name is not known. */
  readonly tools?: Readonly<Record<string, boolean | string>>;
  /** A health check that can work in this image, in Compose form. */
  readonly probe?: { readonly test: readonly string[]; readonly note?: string };
  readonly kind: ImageKind;
  /** Not a server: it does one thing and ends. */
  readonly oneShot: boolean;
  /** Belongs in a build stage only (compilers, SDKs). */
  readonly buildStageOnly: boolean;
  /** Meant to be built on, not to be run as it is. */
  readonly isBase: boolean;
  readonly dataDir?: string;
  /** One container per data directory. */
  readonly singleWriter?: boolean;
  /** Size on disk, unpacked, amd64; from docker-library/repo-info. */
  readonly sizeMegabytes?: number;
  readonly deprecated?: { readonly why: string; readonly instead?: string };
  readonly notes?: readonly string[];
  /** How sure the row is as a whole; ask `factConfidence` about the fields that are never better than likely. */
  readonly confidence: Confidence;
  /** Fields that are usually derived by reading, but here were confirmed by documentation or by people who ran it. */
  readonly confirmed?: readonly DerivedFact[];
  /** `owner/repository@commit:path` or a URL. */
  readonly sources: readonly string[];
}

export interface ImageHealthcheck {
  readonly test: readonly string[];
  readonly interval?: string;
  readonly timeout?: string;
  readonly startPeriod?: string;
  readonly startInterval?: string;
  readonly retries?: number;
}

export interface StepsDown {
  readonly to: string;
  readonly uid?: number;
  /** `gosu`, `su-exec`, `setpriv`, or a sentence when the server does it itself. */
  readonly by: string;
  /** The generous list: first start on an empty volume of another owner, plus later starts. Without `CAP_`. */
  readonly capabilities?: readonly string[];
  readonly worksUnderNoNewPrivileges?: boolean;
  readonly note?: string;
}

/** Facts that were derived by reading entrypoints, not by running the image. */
export type DerivedFact = 'capabilities' | 'writes' | 'probe';

/** How sure one derived field is: `likely` at best, unless the row says that it was confirmed. */
export function factConfidence(facts: ImageFacts, field: DerivedFact): Confidence {
  return facts.confirmed?.includes(field) ? facts.confidence : leastSure(facts.confidence, 'likely');
}

export type OsFamily =
  | 'alpine'
  | 'debian'
  | 'ubuntu'
  | 'rhel'
  | 'fedora'
  | 'amazon'
  | 'suse'
  | 'wolfi'
  | 'busybox'
  | 'photon'
  | 'oracle'
  | 'arch'
  | 'windows'
  | 'none'
  | 'other';
export type PackageManager = 'apt' | 'apk' | 'dnf' | 'yum' | 'microdnf' | 'zypper' | 'tdnf' | 'pacman';
/** What the image is for; decides which advice makes sense. */
export type ImageKind =
  | 'base'
  | 'language'
  | 'database'
  | 'cache'
  | 'queue'
  | 'search'
  | 'proxy'
  | 'web'
  | 'monitoring'
  | 'build'
  | 'tool'
  | 'app';
