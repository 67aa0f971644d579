import { mayFit, type RangeDialect, readVersion, type Version } from '../knowledge/version-range.ts';
import type { BuildContext } from '../model/build-context.ts';

/** What a file of the project asks of its language. */
export interface Need {
  /** `package.json asks for Node.js >=22`. */
  readonly file: string;
  readonly asks: string;
  /** A requirement that tools enforce, rather than a note which version the team works with. */
  readonly strict: boolean;
  /** Undefined where it cannot be told. */
  allows(version: Version): boolean | undefined;
}

type Reader = (context: BuildContext) => readonly (Need | undefined)[];

/** By the image's name; only images whose tag is the version of the language. */
export const runtimes: ReadonlyMap<string, { readonly language: string; readonly needs: Reader }> = new Map([
  [
    'node',
    {
      language: 'Node.js',
      needs: (context) => [
        ranged(context, 'package.json', 'npm', (text) => stringIn(text, ['engines', 'node'])),
        noted(context, '.nvmrc', 1),
        noted(context, '.node-version', 1),
      ],
    },
  ],
  [
    'python',
    {
      language: 'Python',
      needs: (context) => [
        ranged(
          context,
          'pyproject.toml',
          'python',
          (text) => /^[ \t]*requires-python[ \t]*=[ \t]*["']([^"'\n]{1,200})["']/m.exec(text)?.[1],
        ),
        noted(context, '.python-version', 2),
      ],
    },
  ],
  [
    'ruby',
    {
      language: 'Ruby',
      needs: (context) => [
        ranged(context, 'Gemfile', 'ruby', (text) => /^[ \t]*ruby[ \t(]+["']([^"'\n]{1,200})["']/m.exec(text)?.[1]),
        noted(context, '.ruby-version', 2),
      ],
    },
  ],
  [
    'php',
    {
      language: 'PHP',
      needs: (context) => [ranged(context, 'composer.json', 'composer', (text) => stringIn(text, ['require', 'php']))],
    },
  ],
  [
    'golang',
    {
      language: 'Go',
      // The image sets GOTOOLCHAIN=local, so Go fetches no newer one by itself.
      needs: (context) => [
        ranged(context, 'go.mod', 'npm', (text) => {
          const line = /^go[ \t]+(\d[\d.]{0,20})[ \t]*(?:\/\/[^\n]*)?$/m.exec(text)?.[1];
          return line === undefined ? undefined : `>=${line}`;
        }),
      ],
    },
  ],
]);

function ranged(
  context: BuildContext,
  file: string,
  dialect: RangeDialect,
  read: (text: string) => string | undefined,
): Need | undefined {
  const text = textOf(context, file);
  const range = text === undefined ? undefined : read(text);
  if (range === undefined) return undefined;
  return { file, asks: range, strict: true, allows: (version) => mayFit(version, range, dialect) };
}

/** `.nvmrc` and the like: compared as far as versions of the language differ from each other. */
function noted(context: BuildContext, file: string, precision: number): Need | undefined {
  const [line = ''] = (textOf(context, file) ?? '').trim().split('\n');
  const wanted = readVersion(line);
  if (!wanted) return undefined;
  return {
    file,
    asks: line.trim(),
    strict: false,
    allows: (version) =>
      wanted.slice(0, precision).every((one, at) => version[at] === undefined || version[at] === one),
  };
}

// Manifests are small; what is larger is something else.
const largest = 1_000_000;

function textOf(context: BuildContext, file: string): string | undefined {
  const text = context.text(file);
  return text !== undefined && text.length <= largest ? text : undefined;
}

function stringIn(text: string, [section, key]: readonly [string, string]): string | undefined {
  try {
    const manifest: unknown = JSON.parse(text);
    const part = fieldOf(manifest, section);
    const value = fieldOf(part, key);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined; // Not JSON: its own tool will say so.
  }
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(key)
    : undefined;
}
