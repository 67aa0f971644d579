/**
 * One Compose attribute. Everything the loader knows of an attribute is in its row: validation, canonical form,
 * merging, unicity, defaults, path resolution and interpolation casts are derived from the table; there is no
 * second list. Rows follow the Compose specification (https://github.com/compose-spec/compose-spec, mid-2026) and,
 * where that is silent, what compose-go does.
 */
export interface Attribute {
  /** `services.*.build.args`: `*` is any key of a mapping, `[]` any element of a list. */
  readonly path: string;
  /**
   * What may stand there, after interpolation: `string`, `integer`, `number`, `boolean`, `null`, `mapping`, `list`,
   * alternatives joined by `|`. `list<string>`, `set<string>` (all different) and `mapping<string>` say what their elements are, where these have no
   * rows of their own.
   */
  readonly type: string;
  /** One sentence: what it means in production. */
  readonly means: string;
  /** The short syntax, where a long one exists too. */
  readonly short?: string;
  readonly long?: string;
  /** In words or as a literal; what holds when the attribute is absent. */
  readonly default?: string | number | boolean;
  /** How a later file (or an extending service) changes it; without one: mappings deep, lists append, scalars replace. */
  readonly merge?: MergeRule;
  /** Which elements of a list are the same element: the last one wins, at the place of the first. */
  readonly unique?: UniqueKey;
  /** The long form that the short one is turned into, file by file, before the next file is merged. */
  readonly canonical?: CanonicalForm;
  /** The form in the finished model, after all files are merged. */
  readonly becomes?: FinalForm;
  /** A relative path, and to what extent. */
  readonly relative?: PathKind;
  /** What a string is turned into when it is interpolated; a text that cannot be is refused. */
  readonly cast?: Cast;
  readonly oneOf?: readonly string[];
  readonly pattern?: RegExp;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Keys a mapping must have. */
  readonly required?: readonly string[];
  /** What keys of a mapping may look like. */
  readonly keys?: RegExp;
  /** Keys that have no row are accepted. */
  readonly open?: true;
  /** `x-…` keys are not accepted here. */
  readonly noExtensions?: true;
  /** Elements of the list must differ. */
  readonly distinct?: true;
  /** Where the Engine API's container (or network, volume, build) configuration has it. */
  readonly engine?: string;
  /** Where Swarm's service specification has it, when that differs. */
  readonly swarm?: string;
  /** Engines that do something with it; without one, all three. */
  readonly honoured?: readonly Engine[];
  readonly deprecated?: string;
}

export type Engine = 'compose' | 'swarm' | 'podman';

export type MergeRule =
  | 'replace'
  | 'key-value'
  | 'extra-hosts'
  | 'build'
  | 'depends-on'
  | 'names'
  | 'logging'
  | 'ulimit'
  | 'ipam-config';

export type UniqueKey = 'key' | 'port' | 'volume' | 'device' | 'secret' | 'config' | 'env-file' | 'value';

export type CanonicalForm =
  | 'build'
  | 'depends-on'
  | 'device'
  | 'env-files'
  | 'extends'
  | 'external'
  | 'file-mount'
  | 'gpus'
  | 'key-value'
  | 'list'
  | 'names'
  | 'ports'
  | 'ssh'
  | 'text'
  | 'volume';

export type FinalForm =
  | 'boolean'
  | 'bytes'
  | 'command'
  | 'device-count'
  | 'duration'
  | 'float'
  | 'health-test'
  | 'count'
  | 'hosts'
  | 'integer'
  | 'list'
  | 'mapping'
  | 'mode'
  | 'text'
  | 'options'
  | 'rate'
  | 'text-mapping'
  | 'texts'
  | 'ulimit';

/** `context` also takes URLs and `service:`; `unix` leaves Windows paths alone; `bind` and `device` depend on what stands beside. */
export type PathKind = 'context' | 'extends' | 'path' | 'ssh' | 'unix' | 'volume-mount' | 'volume-device';

export type Cast = 'boolean' | 'integer' | 'float';

type Details = Omit<Attribute, 'path' | 'type' | 'means'>;

/** A row; `prefix` is the path of the mapping it stands in. */
export function row(prefix: string, name: string, type: string, means: string, details: Details = {}): Attribute {
  return { path: prefix === '' ? name : `${prefix}.${name}`, type, means, ...details };
}

export const COMPOSE_ONLY: readonly Engine[] = ['compose'];
export const SWARM_ONLY: readonly Engine[] = ['swarm'];
export const NOT_SWARM: readonly Engine[] = ['compose', 'podman'];

/** `[KEY=value]` or `{KEY: value}`. */
export const KEY_VALUES = 'mapping<string|number|boolean|null> | set<string>';
export const TEXTS = 'list<string>';
export const TEXT_OR_TEXTS = 'string | set<string>';
export const FLAG = 'boolean | string';
/** Names of services, networks, volumes, secrets, configs and models. */
export const RESOURCE_NAME = /^[a-zA-Z0-9._-]+$/;
