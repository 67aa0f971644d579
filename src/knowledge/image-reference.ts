/** An image name as Docker reads it, taken apart. */
export interface ImageReference {
  /** `docker.io` when none was written. */
  readonly registry: string;
  /** Path in the registry: `library/node`, `bitnami/redis`. */
  readonly repository: string;
  /** As people know it: `node`, `bitnami/redis`, `gcr.io/distroless/static`. */
  readonly name: string;
  /** As written: undefined means `latest` unless there is a digest. */
  readonly tag?: string;
  /** `sha256:…`. */
  readonly digest?: string;
  readonly text: string;
}

// Longest possible: 255 for the repository (distribution/reference), a registry, 128 for the tag, 135 for a sha512 digest.
const longest = 1000;

const component = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const hostLabel = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/;
const digestLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/**
 * Reads a reference by the grammar of github.com/distribution/reference, with the defaults `docker.io` and `library/`.
 * Undefined where Docker refuses it: upper case in the path, a bad tag or digest, a bare 64-digit id.
 */
export function parseImageReference(text: string): ImageReference | undefined {
  if (text.length === 0 || text.length > longest) return undefined;
  let rest = text;
  let digest: string | undefined;
  const at = rest.indexOf('@');
  if (at !== -1) {
    digest = rest.slice(at + 1);
    rest = rest.slice(0, at);
    if (!isDigest(digest)) return undefined;
  }
  let tag: string | undefined;
  const colon = rest.lastIndexOf(':');
  // A colon before the last slash belongs to a port: `localhost:5000/app`.
  if (colon > rest.lastIndexOf('/')) {
    tag = rest.slice(colon + 1);
    rest = rest.slice(0, colon);
    if (!tagForm.test(tag)) return undefined;
  }
  // Anything of 64 hexadecimal digits is an image id to Docker, never a name.
  if (/^[a-f0-9]{64}$/.test(rest)) return undefined;
  const split = splitRegistry(rest);
  if (!split) return undefined;
  const { registry, repository } = split;
  if (repository.length > 255 || !repository.split('/').every((part) => component.test(part))) return undefined;
  return {
    registry,
    repository,
    name: familiarName(registry, repository),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    text,
  };
}

/** The tag that Docker takes when none is written; undefined where only a digest says which image it is. */
export function effectiveTag(reference: ImageReference): string | undefined {
  return reference.tag ?? (reference.digest === undefined ? 'latest' : undefined);
}

function splitRegistry(text: string): { registry: string; repository: string } | undefined {
  const slash = text.indexOf('/');
  const first = text.slice(0, slash);
  // splitDockerDomain: a first part with a dot, a colon or an upper-case letter is a host; so is `localhost`.
  const isHost = slash !== -1 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const registry = isHost ? first : 'docker.io';
  const repository = isHost ? text.slice(slash + 1) : text;
  if (isHost && !isRegistry(registry)) return undefined;
  const isHub = registry === 'docker.io' || registry === 'index.docker.io';
  if (!isHub) return { registry, repository };
  return { registry: 'docker.io', repository: repository.includes('/') ? repository : `library/${repository}` };
}

function familiarName(registry: string, repository: string): string {
  if (registry !== 'docker.io') return `${registry}/${repository}`;
  return repository.startsWith('library/') ? repository.slice('library/'.length) : repository;
}

function isRegistry(host: string): boolean {
  const port = host.lastIndexOf(':');
  const bracket = host.lastIndexOf(']');
  const name = port > bracket ? host.slice(0, port) : host;
  if (port > bracket && !/^[0-9]+$/.test(host.slice(port + 1))) return false;
  if (name.startsWith('[')) return /^\[[a-fA-F0-9:]+\]$/.test(name);
  return name.split('.').every((label) => hostLabel.test(label));
}

function isDigest(text: string): boolean {
  const colon = text.indexOf(':');
  const length = digestLengths[text.slice(0, colon)];
  const hex = text.slice(colon + 1);
  return length !== undefined && hex.length === length && /^[a-f0-9]+$/.test(hex);
}
