import type { ImageReference } from './image-reference.ts';

/** Copies of Docker Hub: what follows the prefix is a name on Docker Hub. */
const hubMirrors = [
  'registry.hub.docker.com/',
  'registry-1.docker.io/',
  'hub.docker.com/',
  'mirror.gcr.io/', // https://cloud.google.com/artifact-registry/docs/pull-cached-dockerhub-images
  'public.ecr.aws/docker/', // https://aws.amazon.com/blogs/containers/docker-official-images-now-available-on-amazon-elastic-container-registry-public/
  'mcr.microsoft.com/mirror/docker/',
  'dockerhub.azk8s.cn/',
];

/** Other homes of images that the tables know by their first name. */
const otherHomes: readonly (readonly [prefix: string, name: string])[] = [
  ['public.ecr.aws/bitnami/', 'bitnami/'],
  ['ghcr.io/linuxserver/', 'linuxserver/'],
  ['lscr.io/linuxserver/', 'linuxserver/'],
  ['registry.fedoraproject.org/fedora', 'fedora'],
  ['quay.io/fedora/fedora', 'fedora'],
  ['container-registry.oracle.com/os/oraclelinux', 'oraclelinux'],
  ['quay.io/prometheus/', 'prom/'],
  ['docker.redpanda.com/', ''],
  ['public.ecr.aws/amazonlinux/amazonlinux', 'amazonlinux'],
  ['public.ecr.aws/debian/debian', 'debian'],
  ['public.ecr.aws/ubuntu/ubuntu', 'ubuntu'],
];

/** `registry.access.redhat.com/ubi9/ubi-minimal` is `redhat/ubi9-minimal` on Docker Hub. */
const redHat = /^registry\.(?:access\.redhat\.com|redhat\.io)\/ubi(\d+)\/ubi\d*(-[a-z]+)?$/;

// docker-library pushes every official image once per architecture, too (official-images README, "Architectures").
const architectures = /^(?:amd64|arm32v[567]|arm64v8|i386|mips64le|ppc64le|riscv64|s390x)\//;

/**
 * The name the tables know an image by: mirrors of Docker Hub, per-architecture repositories and other homes undone.
 * `public.ecr.aws/docker/library/node` and `arm64v8/node` are `node`.
 */
export function canonicalName(reference: ImageReference): string {
  const { name } = reference;
  if (reference.registry === 'docker.io') return architectures.test(name) ? name.slice(name.indexOf('/') + 1) : name;
  for (const mirror of hubMirrors) if (name.startsWith(mirror)) return withoutLibrary(name.slice(mirror.length));
  // GitLab's dependency proxy: <host>/<group>/dependency_proxy/containers/<name on Docker Hub>.
  const proxied = name.indexOf('/dependency_proxy/containers/');
  if (proxied !== -1) return withoutLibrary(name.slice(proxied + '/dependency_proxy/containers/'.length));
  const ubi = redHat.exec(name);
  if (ubi) return `redhat/ubi${ubi[1]}${ubi[2] ?? ''}`;
  for (const [prefix, first] of otherHomes) if (name.startsWith(prefix)) return first + name.slice(prefix.length);
  return name;
}

function withoutLibrary(name: string): string {
  return name.startsWith('library/') ? name.slice('library/'.length) : name;
}
