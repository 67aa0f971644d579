import { type Attribute, FLAG, KEY_VALUES, NOT_SWARM, row, TEXT_OR_TEXTS, TEXTS } from './attribute.ts';
import { fileMounts, ulimits } from './shapes.ts';

const build = 'services.*.build';
const honoured = NOT_SWARM;

/** How the image of a service is built. Swarm never builds: `docker stack deploy` ignores all of it. */
export const buildAttributes: readonly Attribute[] = [
  row(
    'services.*',
    'build',
    'string | mapping',
    'Builds the image on this machine; a production host should pull a tested one by digest.',
    {
      merge: 'build',
      canonical: 'build',
      short: './dir',
      long: '{context: ./dir, dockerfile: Dockerfile}',
      honoured,
    },
  ),
  row(
    build,
    'context',
    'string',
    'What the build may read; everything .dockerignore does not exclude can end up in a layer.',
    {
      relative: 'context',
      default: '.',
      honoured,
      engine: 'build: context',
    },
  ),
  row(build, 'dockerfile', 'string', 'Which Dockerfile, relative to the context.', {
    default: 'Dockerfile',
    honoured,
    engine: 'build: dockerfile',
  }),
  row(build, 'dockerfile_inline', 'string', 'The Dockerfile itself; excludes `dockerfile`.', { honoured }),
  row(build, 'entitlements', TEXTS, 'Extra rights for the build, as host networking; each weakens its isolation.', {
    honoured,
  }),
  row(build, 'args', KEY_VALUES, 'Build arguments; they stay readable in the image history, so no secrets.', {
    merge: 'key-value',
    unique: 'key',
    becomes: 'mapping',
    honoured,
    engine: 'build: buildargs',
  }),
  row(build, 'ssh', KEY_VALUES, 'SSH agent or keys lent to RUN --mount=type=ssh, without leaving them in a layer.', {
    canonical: 'ssh',
    honoured,
  }),
  row(`${build}.ssh`, '*', 'string | number | boolean | null', 'The key file or socket; empty for the agent.', {
    relative: 'ssh',
    honoured,
  }),
  row(build, 'labels', KEY_VALUES, 'Labels of the image, as its source and revision.', {
    merge: 'key-value',
    unique: 'key',
    becomes: 'text-mapping',
    honoured,
    engine: 'build: labels',
  }),
  row(
    build,
    'cache_from',
    TEXTS,
    'Where cached layers may come from; a cache others can write to can poison the image.',
    { honoured },
  ),
  row(build, 'cache_to', TEXTS, 'Where the build cache is exported to.', { honoured }),
  row(build, 'no_cache', FLAG, 'Builds every layer anew: slow, but picks up security updates.', {
    cast: 'boolean',
    becomes: 'boolean',
    honoured,
    engine: 'build: nocache',
  }),
  row(build, 'no_cache_filter', TEXT_OR_TEXTS, 'Stages that are always built anew.', { becomes: 'list', honoured }),
  row(
    build,
    'additional_contexts',
    KEY_VALUES,
    'Further named contexts: directories, images, URLs or `service:name`.',
    {
      merge: 'key-value',
      unique: 'key',
      canonical: 'key-value',
      becomes: 'text-mapping',
      honoured,
    },
  ),
  row(`${build}.additional_contexts`, '*', 'string | number | boolean | null', 'One further context.', {
    relative: 'context',
    honoured,
  }),
  row(
    build,
    'network',
    'string',
    'The network of RUN steps; `none` makes a build that cannot fetch anything unpinned.',
    {
      honoured,
      engine: 'build: networkmode',
    },
  ),
  row(build, 'provenance', 'string | boolean', 'Attests how the image was built.', { canonical: 'text', honoured }),
  row(build, 'sbom', 'string | boolean', 'Attests what the image contains, for scanners.', {
    canonical: 'text',
    honoured,
  }),
  row(build, 'pull', FLAG, 'Looks for newer base images at each build.', {
    cast: 'boolean',
    becomes: 'boolean',
    honoured,
    engine: 'build: pull',
  }),
  row(build, 'target', 'string', 'The stage to build; without it the last, which may be the wrong one.', {
    honoured,
    engine: 'build: target',
  }),
  row(build, 'shm_size', 'integer | string', 'Size of /dev/shm during the build.', {
    becomes: 'bytes',
    honoured,
    engine: 'build: shmsize',
  }),
  row(build, 'extra_hosts', 'mapping<string|list<string>> | list<string>', 'Extra host names during the build.', {
    merge: 'extra-hosts',
    becomes: 'hosts',
    distinct: true,
    honoured,
    engine: 'build: extrahosts',
  }),
  row(build, 'isolation', 'string', 'Container isolation technology of the build, on Windows.', { honoured }),
  row(build, 'privileged', FLAG, 'Runs the build with all privileges: a bad dependency then owns the build host.', {
    cast: 'boolean',
    becomes: 'boolean',
    honoured,
  }),
  ...fileMounts(build, 'secrets', 'build'),
  row(build, 'tags', TEXTS, 'Further tags of the built image, beside `image`.', {
    unique: 'key',
    honoured,
    engine: 'build: t',
  }),
  ...ulimits(build, 'build: ulimits'),
  row(build, 'platforms', TEXTS, 'Platforms to build for; must include `platform`.', {
    honoured,
    engine: 'build: platform',
  }),
];
