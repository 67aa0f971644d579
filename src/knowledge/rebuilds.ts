import { canonicalName } from './image-mirrors.ts';
import type { ImageReference } from './image-reference.ts';

/** Lines of official images that are still there to pull but never built again, so that no fix reaches them. */
interface Frozen {
  readonly images: readonly string[];
  /** This version and all before it. */
  readonly upTo?: string;
  /** Versions between living ones. */
  readonly also?: readonly string[];
  /** Any version, where the tag looks so. */
  readonly tags?: RegExp;
  readonly everything?: true;
}

const source = 'docker-library/official-images@37079fb336f5:library';
const asOf = '2026-08-21';

const frozen: readonly Frozen[] = [
  { images: ['node'], upTo: '21', also: ['23', '25'] },
  { images: ['python'], upTo: '3.9' },
  { images: ['php'], upTo: '8.1' },
  { images: ['ruby'], upTo: '3.2' },
  { images: ['golang'], upTo: '1.25' },
  { images: ['postgres'], upTo: '13' },
  { images: ['mysql'], upTo: '8.0', tags: /-debian$/ },
  { images: ['mongo'], upTo: '6.0', also: ['8.2'] },
  { images: ['mariadb'], upTo: '10.5' },
  { images: ['rabbitmq'], upTo: '3' },
  { images: ['redis'], also: ['8.0', '7.0'] },
  { images: ['nginx'], upTo: '1.29' },
  { images: ['elasticsearch', 'kibana', 'logstash'], upTo: '8.18', also: ['9.0', '9.1', '9.2', '9.3'] },
  { images: ['nextcloud'], upTo: '31' },
  { images: ['ghost'], upTo: '5' },
  { images: ['tomcat'], upTo: '8.5' },
  { images: ['eclipse-temurin'], tags: /-focal$/ },
  { images: ['openjdk'], tags: /^(?!27-rc|28-ea)/ },
  {
    images: ['node', 'python', 'golang', 'ruby', 'php'],
    tags: /-alpine3\.(?:1?\d|2[0-2])$|-(?:buster|stretch|jessie|wheezy)(?:-slim)?$/,
  },
  { images: ['centos', 'vault', 'consul'], everything: true },
];

/**
 * Whether an official image's tag was still rebuilt in August 2026, when its base or the program got a fix. Undefined:
 * nothing speaks against it.
 */
export function noLongerRebuilt(
  reference: ImageReference,
): { readonly asOf: string; readonly source: string } | undefined {
  const name = canonicalName(reference);
  const { tag = 'latest' } = reference;
  const version = /^\d+(?:\.\d+)*/.exec(tag)?.[0];
  const isFrozen = frozen.some(
    ({ images, upTo, also = [], tags, everything }) =>
      images.includes(name) &&
      (everything ||
        tags?.test(tag) ||
        (version !== undefined &&
          (also.some((line) => isWithin(version, line)) || (upTo !== undefined && isUpTo(version, upTo))))),
  );
  return isFrozen ? { asOf, source: `${source}/${name}` } : undefined;
}

function isWithin(version: string, line: string): boolean {
  return version === line || version.startsWith(`${line}.`);
}

/** `8.0.36` is up to `8.0`; `8` is not, since it may stand for 8.4. */
function isUpTo(version: string, limit: string): boolean {
  if (isWithin(version, limit)) return true;
  const numbers = version.split('.').map(Number);
  for (const [index, number] of limit.split('.').map(Number).entries()) {
    const own = numbers[index];
    if (own === undefined) return false;
    if (own !== number) return own < number;
  }
  return true;
}
