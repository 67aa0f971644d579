import { child, entriesOf, textsOf } from '../model/compose/tree-access.ts';
import type { Service } from '../model/service.ts';
import { parseDuration } from '../vocabulary/duration.ts';
import type { Asked } from './asked.ts';
import type { BuildPlan, ImagePlan } from './plan.ts';
import { ulimits } from './resources.ts';
import { booleanAt, mappingAt, numberAt, textAt } from './values.ts';

/** What the container is made from: `image`, `build`, `pull_policy`. `directory` is where a lone Dockerfile's context lies. */
export function imagePlan(asked: Asked, service: Service, absolute: (path: string) => string): ImagePlan {
  const node = asked.node;
  const build = child(node, 'build');
  const platform = textAt(node, 'platform');
  const name = textAt(node, 'image') ?? `${asked.project}-${asked.name}`;
  const policy = textAt(node, 'pull_policy') ?? 'missing';
  const every = refreshMs(policy, textAt(node, 'pull_refresh_after'));
  return {
    name,
    platform,
    pull: policy === 'always' || policy === 'never' || policy === 'build' ? policy : 'missing',
    ...(every === undefined ? {} : { refreshAfterMs: every }),
    build: build?.kind === 'map' ? buildPlan(asked, platform) : node ? undefined : loneBuild(service, absolute),
  };
}

/** `daily`, `weekly`, `every_12h`, and `refresh` with `pull_refresh_after`: how old a pulled image may be. */
function refreshMs(policy: string, after: string | undefined): number | undefined {
  if (policy === 'daily') return parseDuration('1d');
  if (policy === 'weekly') return parseDuration('1w');
  if (policy === 'refresh') return after === undefined ? 0 : parseDuration(after);
  return policy.startsWith('every_') ? parseDuration(policy.slice('every_'.length)) : undefined;
}

function buildPlan(asked: Asked, platform: string | undefined): BuildPlan {
  const build = child(asked.node, 'build');
  const dockerfileText = textAt(build, 'dockerfile_inline');
  return {
    context: textAt(build, 'context') ?? '.',
    dockerfile: dockerfileText === undefined ? (textAt(build, 'dockerfile') ?? 'Dockerfile') : undefined,
    dockerfileText,
    target: textAt(build, 'target'),
    arguments: Object.fromEntries(
      entriesOf(child(build, 'args')).map(([key, value]) => [
        key,
        value.kind === 'scalar' && value.value !== null ? String(value.value) : null,
      ]),
    ),
    labels: mappingAt(build, 'labels') ?? {},
    tags: textsOf(child(build, 'tags')),
    cacheFrom: textsOf(child(build, 'cache_from')).flatMap((source) => registryCache(source) ?? []),
    extraHosts: textsOf(child(build, 'extra_hosts')).map((host) => host.replace('=', ':')),
    ulimits: ulimits(child(build, 'ulimits')),
    network: textAt(build, 'network'),
    shmBytes: numberAt(build, 'shm_size'),
    noCache: booleanAt(build, 'no_cache') === true,
    pull: booleanAt(build, 'pull') === true,
    platform: platform ?? textsOf(child(build, 'platforms'))[0],
  };
}

/** The engine takes names of images only: `type=registry,ref=NAME`, or the name alone. */
export function registryCache(source: string): string | undefined {
  if (!source.includes('=')) return source;
  const parts = new Map(source.split(',').map((part) => part.split('=', 2) as [string, string]));
  return parts.get('type') === 'registry' ? parts.get('ref') : undefined;
}

function loneBuild(service: Service, absolute: (path: string) => string): BuildPlan {
  const context = service.build?.context ?? '.';
  const file = service.build?.dockerfile?.file ?? 'Dockerfile';
  return {
    context: absolute(context),
    dockerfile: context === '.' ? file : file.slice(context.length + 1),
    dockerfileText: undefined,
    target: undefined,
    arguments: {},
    labels: {},
    tags: [],
    cacheFrom: [],
    extraHosts: [],
    ulimits: [],
    network: undefined,
    shmBytes: undefined,
    noCache: false,
    pull: false,
    platform: undefined,
  };
}
