import type { Span } from '../vocabulary/span.ts';

/** A merged Compose project as requests for the Engine API: data that can be looked at, changed and tested exactly. */
export interface StackPlan {
  /** The Compose project's name. */
  readonly project: string;
  readonly networks: readonly NetworkPlan[];
  readonly volumes: readonly VolumePlan[];
  /** In an order in which they can be started; those of inactive profiles are not there. */
  readonly services: readonly ServicePlan[];
  /** What was left out because it changes nothing of what runs: `compose.yaml:7: build.cache_to of "web"`. */
  readonly leftOut: readonly string[];
}

export interface NetworkPlan {
  /** Its key in the Compose file. */
  readonly key: string;
  /** Its name on the engine. */
  readonly name: string;
  readonly external: boolean;
  /** POST /networks/create; without Name and Labels of ours. */
  readonly body: Body;
}

export interface VolumePlan {
  readonly key: string;
  readonly name: string;
  readonly external: boolean;
  /** POST /volumes/create. */
  readonly body: Body;
}

export interface ServicePlan {
  readonly name: string;
  readonly span: Span;
  /** `PROJECT-SERVICE-N`, or `container_name`. */
  readonly containerNames: readonly string[];
  readonly image: ImagePlan;
  /** POST /containers/create (Engine API 1.41): `Config`'s fields at the top, `HostConfig`, and the first network. */
  readonly body: ContainerBody;
  /** In the order they are connected: `NetworkingConfig.EndpointsConfig` takes one below API 1.44, the rest are connected before start. */
  readonly networks: readonly EndpointPlan[];
  /** Secrets and configs whose text is at hand: put into the container before it starts. */
  readonly files: readonly PlacedFile[];
  readonly dependsOn: readonly DependencyPlan[];
  /** Run in the container after it started, before it stops. */
  readonly postStart: readonly HookPlan[];
  readonly preStop: readonly HookPlan[];
  readonly stopSignal: string | undefined;
  readonly stopGraceMs: number;
}

export interface ImagePlan {
  /** What the container is made from; for a build, the tag that is built. */
  readonly name: string;
  readonly platform: string | undefined;
  readonly pull: 'always' | 'missing' | 'never' | 'build';
  /** An image that was pulled longer ago is pulled again (`daily`, `every_12h`). */
  readonly refreshAfterMs?: number;
  readonly build: BuildPlan | undefined;
}

export interface BuildPlan {
  /** Absolute directory on this machine; what of it is sent, `contextFilesOf` tells. */
  readonly context: string;
  /** Relative to the context; undefined with `dockerfileText`. */
  readonly dockerfile: string | undefined;
  /** The Dockerfile itself, where it does not lie in the context: `dockerfile_inline`, `dockerfile: ../x`. */
  readonly dockerfileText: string | undefined;
  readonly target: string | undefined;
  readonly arguments: Readonly<Record<string, string | null>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Further names of the built image, beside `ImagePlan.name`. */
  readonly tags: readonly string[];
  /** Names of images. */
  readonly cacheFrom: readonly string[];
  /** `name:address`. */
  readonly extraHosts: readonly string[];
  readonly ulimits: readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[];
  /** For `RUN --mount=type=secret`: a text, or a file on this machine. */
  readonly secrets: readonly { readonly id: string; readonly text?: string; readonly file?: string }[];
  readonly network: string | undefined;
  readonly shmBytes: number | undefined;
  readonly noCache: boolean;
  readonly pull: boolean;
  readonly platform: string | undefined;
}

export interface EndpointPlan {
  readonly key: string;
  readonly name: string;
  /** EndpointSettings: Aliases, IPAMConfig, DriverOpts, Links … */
  readonly settings: Body;
}

export interface PlacedFile {
  readonly kind: 'secret' | 'config';
  readonly key: string;
  readonly target: string;
  readonly text: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

export interface DependencyPlan {
  readonly service: string;
  readonly condition: 'service_started' | 'service_healthy' | 'service_completed_successfully';
  readonly required: boolean;
}

export interface HookPlan {
  readonly command: readonly string[];
  readonly user: string | undefined;
  readonly workdir: string | undefined;
  readonly environment: readonly string[];
  readonly privileged: boolean;
}

/** What the Engine API takes; compared with what Docker Compose sends, field by field, by test. */
export type Body = Readonly<Record<string, unknown>>;

/** The fields that others than the planner look at or change; the rest goes to the engine as it is. */
export interface ContainerBody extends Body {
  readonly Image: string;
  readonly Labels: Readonly<Record<string, string>>;
  readonly Env?: readonly string[];
  readonly User?: string;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly Healthcheck?: HealthBody;
  readonly HostConfig: HostBody;
}

export interface HealthBody {
  readonly Test?: readonly string[];
  /** Nanoseconds; 0 or absent: inherited. */
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

export interface HostBody extends Body {
  readonly Binds?: readonly string[];
  readonly Mounts?: readonly MountBody[];
  readonly Tmpfs?: Readonly<Record<string, string>>;
  readonly PortBindings?: Readonly<Record<string, readonly { readonly HostIp?: string; readonly HostPort?: string }[]>>;
  readonly NetworkMode?: string;
  readonly ReadonlyRootfs?: boolean;
  readonly Memory?: number;
  readonly MemorySwap?: number;
  readonly NanoCpus?: number;
  readonly PidsLimit?: number;
  readonly CapAdd?: readonly string[];
  readonly CapDrop?: readonly string[];
  readonly SecurityOpt?: readonly string[];
  readonly Privileged?: boolean;
  readonly RestartPolicy?: { readonly Name: string; readonly MaximumRetryCount?: number };
  readonly LogConfig?: { readonly Type: string; readonly Config?: Readonly<Record<string, string>> };
  readonly Ulimits?: readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[];
}

export interface MountBody extends Body {
  readonly Type: 'bind' | 'volume' | 'tmpfs' | 'npipe' | 'cluster' | 'image';
  readonly Source?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
}
