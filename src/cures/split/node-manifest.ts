import type { BuildContext } from '../../model/build-context.ts';

export interface NodeManifest {
  readonly production: ReadonlySet<string>;
  readonly development: ReadonlySet<string>;
  readonly scripts: ReadonlyMap<string, string>;
  /** Why a slim image would not do. */
  readonly systemNeed: string | undefined;
}

/** Packages that call programs or libraries which the full image has and the slim one has not, by their own documentation. */
const needsSystem: ReadonlyMap<string, string> = new Map([
  ['puppeteer', 'a browser and its libraries'],
  ['playwright', 'a browser and its libraries'],
  ['prisma', 'OpenSSL of the system'],
  ['@prisma/client', 'OpenSSL of the system'],
  ['simple-git', 'git'],
  ['gm', 'ImageMagick'],
  ['imagemagick', 'ImageMagick'],
  ['fluent-ffmpeg', 'ffmpeg'],
  ['canvas', 'libraries that it may have been built against'],
  ['oracledb', "Oracle's libraries"],
  ['zeromq', 'libraries that it may have been built against'],
  ['python-shell', 'Python'],
]);

/** The package.json at the top of the context; undefined where there is none that can be read. */
export function nodeManifest(context: BuildContext): NodeManifest | undefined {
  const text = context.text('package.json');
  if (text === undefined || text.length > 1_000_000) return undefined;
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return undefined; // Not JSON: npm will say so.
  }
  const production = new Set([
    ...entries(manifest, 'dependencies').keys(),
    ...entries(manifest, 'optionalDependencies').keys(),
  ]);
  const need = [...production].find((name) => needsSystem.has(name));
  return {
    production,
    development: new Set([...entries(manifest, 'devDependencies').keys()].filter((name) => !production.has(name))),
    scripts: entries(manifest, 'scripts'),
    systemNeed: need === undefined ? undefined : `${need} needs ${needsSystem.get(need)}, which a slim image has not`,
  };
}

function entries(manifest: unknown, key: string): Map<string, string> {
  const found = new Map<string, string>();
  if (typeof manifest !== 'object' || manifest === null) return found;
  const part: unknown = new Map<string, unknown>(Object.entries(manifest)).get(key);
  if (typeof part !== 'object' || part === null) return found;
  for (const [name, value] of Object.entries(part)) if (typeof value === 'string') found.set(name, value);
  return found;
}
