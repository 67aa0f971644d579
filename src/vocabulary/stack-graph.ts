/** What a project's services are joined by, for a drawing of it. Texts are fit to be shown: secrets are masked. */
export interface StackGraph {
  /** Stands before the project's paths in the verdict, `../shop/`; empty for the current directory. */
  readonly place: string;
  /** Compose's project name; undefined for lone Dockerfiles. */
  readonly name: string | undefined;
  /** In the order of the Compose file. */
  readonly services: readonly StackService[];
  /** Networks that a service joins, in the order they are first joined. */
  readonly networks: readonly StackNetwork[];
  /** Named volumes that a service mounts, in the order they are first mounted. */
  readonly volumes: readonly StackVolume[];
}

export interface StackService {
  readonly name: string;
  readonly image: string;
  readonly runs: 'server' | 'one-shot' | 'tool';
  readonly kind: 'app' | 'database' | 'cache' | 'queue' | 'search' | 'proxy' | 'monitoring' | 'worker' | 'unknown';
  readonly replicas: number;
  /** Names of networks. */
  readonly networks: readonly string[];
  /** `host`, `none`, `service:vpn`: instead of networks. */
  readonly networkMode: string | undefined;
  readonly ports: readonly StackPort[];
  /** Volumes and host paths; what lives in memory is left out. */
  readonly mounts: readonly StackMount[];
  readonly dependsOn: readonly StackDependency[];
}

export interface StackPort {
  /** `127.0.0.1`; undefined for all addresses of the machine. */
  readonly address: string | undefined;
  /** A port or a range; undefined where Docker chooses. */
  readonly published: string | undefined;
  readonly target: number;
  readonly protocol: string;
  /** Whether other machines may reach it. */
  readonly reach: 'everywhere' | 'one-address' | 'this-machine';
}

export interface StackMount {
  readonly kind: 'volume' | 'host';
  /** A volume's name, or a path of the host. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface StackDependency {
  readonly service: string;
  /** Compose's own word: `service_healthy`. */
  readonly condition: string;
}

export interface StackNetwork {
  readonly name: string;
  /** Nothing in it reaches the outside, or is reached from there. */
  readonly internal: boolean;
  readonly external: boolean;
}

export interface StackVolume {
  readonly name: string;
  readonly external: boolean;
}
