import { child, entriesOf, text, textsOf } from '../model/compose/tree-access.ts';
import type { Build, Service } from '../model/service.ts';
import { parseDuration } from '../vocabulary/duration.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import type { Asked } from './asked.ts';
import { buildSecrets } from './placed-files.ts';
import type { BuildPlan, ImagePlan } from './plan.ts';
import { ulimits } from './resources.ts';
import { booleanAt, mappingAt, numberAt, textAt } from './values.ts';

/** What the container is made from: `image`, `build`, `pull_policy`. `absolute` tells where a path of the project lies. */
export function imagePlan(asked: Asked, service: Service, absolute: (path: string) => string): ImagePlan {
  const node = asked.node;
  const platform = textAt(node, 'platform');
  const name = textAt(node, 'image') ?? `${asked.project}-${asked.name}`;
  const policy = textAt(node, 'pull_policy') ?? 'missing';
  const every = refreshMs(policy, textAt(node, 'pull_refresh_after'));
  return {
    name,
    platform,
    pull: policy === 'always' || policy === 'never' || policy === 'build' ? policy : 'missing',
    ...(every === undefined ? {} : { refreshAfterMs: every }),
    build: service.build && buildPlan(asked, service.build, platform, absolute),
  };
}

/** `daily`, `weekly`, `every_12h`, and `refresh` with `pull_refresh_after`: how old a pulled image may be. */
function refreshMs(policy: string, after: string | undefined): number | undefined {
  if (policy === 'daily') return parseDuration('1d');
  if (policy === 'weekly') return parseDuration('1w');
  if (policy === 'refresh') return after === undefined ? 0 : parseDuration(after);
  return policy.startsWith('every_') ? parseDuration(policy.slice('every_'.length)) : undefined;
}

function buildPlan(
  asked: Asked,
  build: Build,
  platform: string | undefined,
  absolute: (path: string) => string,
): BuildPlan {
  const node = child(asked.node, 'build');
  if (build.missing)
    throw new SeaworthyError(
      'unsupported',
      `${asked.place(build.missing.span)}: "${asked.name}" cannot be built: there is no ${build.missing.what}`,
    );
  const context = build.context ?? '.';
  const file = build.dockerfile?.file ?? 'Dockerfile';
  const within = pathWithin(file, context);
  const isApart = within === undefined || textAt(node, 'dockerfile_inline') !== undefined;
  return {
    context: absolute(context),
    dockerfile: isApart ? undefined : within,
    dockerfileText: isApart ? build.dockerfile?.source.text : undefined,
    target: textAt(node, 'target'),
    arguments: Object.fromEntries(entriesOf(child(node, 'args')).map(([key, value]) => [key, text(value) ?? null])),
    labels: mappingAt(node, 'labels') ?? {},
    tags: textsOf(child(node, 'tags')),
    cacheFrom: textsOf(child(node, 'cache_from')).flatMap((source) => registryCache(source) ?? []),
    extraHosts: textsOf(child(node, 'extra_hosts')).map((host) => host.replace('=', ':')),
    ulimits: ulimits(child(node, 'ulimits')),
    secrets: buildSecrets(asked, node),
    network: textAt(node, 'network'),
    shmBytes: numberAt(node, 'shm_size'),
    noCache: booleanAt(node, 'no_cache') === true,
    pull: booleanAt(node, 'pull') === true,
    platform: platform ?? textsOf(child(node, 'platforms'))[0],
  };
}

/** A path of the project as seen from a directory that holds it; undefined for what lies elsewhere. */
function pathWithin(path: string, directory: string): string | undefined {
  if (directory === '.') return path.startsWith('/') || path.startsWith('../') ? undefined : path;
  return path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : undefined;
}

/** The engine takes names of images only: `type=registry,ref=NAME`, or the name alone. */
export function registryCache(source: string): string | undefined {
  if (!source.includes('=')) return source;
  const parts = new Map(source.split(',').map((part) => part.split('=', 2) as [string, string]));
  return parts.get('type') === 'registry' ? parts.get('ref') : undefined;
}
