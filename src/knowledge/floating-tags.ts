import { canonicalName } from './image-mirrors.ts';
import type { ImageReference } from './image-reference.ts';

/** What `latest` was on 2026-08-21 (docker-library/official-images@37079fb336f5), where that surprises or hurts. */
const latest: Readonly<Record<string, string>> = {
  mysql: '26.7, the innovation track with calendar versions',
  mariadb: '12.3',
  postgres: '18',
  redis: '8.10',
  node: '26, not the long-term line',
  python: '3.14',
  ubuntu: '26.04',
  debian: '13',
  alpine: '3.24',
  influxdb: '2.9; 3.x is tagged 3-core',
  amazoncorretto: 'Java 8',
  mongo: '8.3',
  golang: '1.27',
  ruby: '4.0',
  nginx: '1.31, the mainline',
  traefik: '3.7',
  rabbitmq: '4.3',
  haproxy: '3.4',
};

/** Official images that have no `latest` at all: a reference without a tag cannot be pulled (docker-library/docs). */
const withoutLatest: ReadonlySet<string> = new Set([
  'elasticsearch',
  'kibana',
  'logstash',
  'pgvector/pgvector',
  'nvidia/cuda',
]);

/** What an image without a tag, or tagged `latest`, stood for when the tables were gathered; undefined where unknown. */
export function latestMeans(
  reference: ImageReference,
): { readonly version: string | undefined; readonly exists: boolean } | undefined {
  if (reference.digest !== undefined || (reference.tag ?? 'latest') !== 'latest') return undefined;
  const name = canonicalName(reference);
  if (withoutLatest.has(name)) return { version: undefined, exists: false };
  return Object.hasOwn(latest, name) ? { version: latest[name], exists: true } : undefined;
}

/** Tags that are moved to each new build of their kind. */
const floating = new Set(
  'latest stable edge nightly dev devel develop development test testing beta alpha canary rc next main master trunk head rolling mainline unstable release prod production staging current snapshot lts'.split(
    ' ',
  ),
);

export function isFloatingTag(tag: string): boolean {
  return floating.has(tag.toLowerCase());
}
