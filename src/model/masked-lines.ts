import { hardCodedSecret } from '../knowledge/hard-coded-secret.ts';
import { secretValue } from '../knowledge/secret-values.ts';
import { masker, withoutSecret } from '../vocabulary/mask.ts';
import type { Project } from './project.ts';
import { type ProjectSecret, secretsOf } from './secrets-of-project.ts';

// Nobody is shown more of a line, and every pattern would have to walk through the rest.
const longestLine = 20_000;

/** Lines of a project's files as they may be shown: every value that is, or may be, a secret is masked. */
export function maskedLines(project: Project): (file: string, line: number) => string | undefined {
  let everywhere: ((text: string) => string) | undefined;
  let here: ReadonlyMap<string, readonly string[]> = new Map();
  return (file, line) => {
    const source = project.sources.get(file);
    if (!source) return undefined;
    if (!everywhere) {
      const secrets = secretsOf(project);
      everywhere = masker(distinctSecrets(secrets));
      here = byLine(project, secrets);
    }
    const own = here.get(`${file}:${line}`) ?? [];
    return maskFormats(afterKey(everywhere(source.line(line).slice(0, longestLine)), own));
  };
}

/** Takes secrets of a project out of any text. */
export function secretMask(project: Project): (text: string) => string {
  let everywhere: ((text: string) => string) | undefined;
  return (text) => {
    everywhere ??= masker(distinctSecrets(secretsOf(project)));
    return everywhere(text);
  };
}

/** A line that stands in no file of the project: its secrets, and what looks like one by its format or its name. */
export function maskedText(project: Project): (line: string) => string {
  const everywhere = secretMask(project);
  return (line) => maskFormats(everywhere(line.slice(0, longestLine)));
}

function distinctSecrets(secrets: readonly ProjectSecret[]): string[] {
  return secrets.filter((secret) => secret.distinct).flatMap(({ value }) => [value, ...partsOf(value)]);
}

/** A key of several lines stands in no line as a whole. */
function partsOf(value: string): string[] {
  return value.includes('\n')
    ? value
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line.length >= 12)
    : [];
}

function byLine(project: Project, secrets: readonly ProjectSecret[]): ReadonlyMap<string, readonly string[]> {
  const lines = new Map<string, string[]>();
  for (const { value, span } of secrets) {
    const source = span && project.sources.get(span.file);
    if (!span || !source) continue;
    const last = source.positionAt(span.end).line;
    for (let line = source.positionAt(span.start).line; line <= last; line++) {
      const key = `${span.file}:${line}`;
      const known = lines.get(key);
      if (known) known.push(value);
      else lines.set(key, [value]);
    }
  }
  return lines;
}

/** In its own line, even a short or common secret is masked, but not in the name before it. */
function afterKey(line: string, secrets: readonly string[]): string {
  let shown = line;
  for (const secret of [...secrets].sort((first, second) => second.length - first.length)) {
    const equals = shown.search(/[=:]\s*/);
    const from = equals === -1 ? 0 : equals + 1;
    shown = shown.slice(0, from) + withoutSecret(shown.slice(from), secret);
  }
  return shown;
}

/**
 * What the model knows nothing of: tokens by their format, and `NAME=value` by its name, also in a file that nobody can
 * read.
 */
function maskFormats(line: string): string {
  const named = line.replace(
    /([A-Za-z_][\w.-]{0,100})(["']?\s{0,20}[:=]\s{0,20}["']?-?)([^\s"',}]{4,4000})/g,
    (whole, name, sign, value) => {
      const secret = hardCodedSecret(name, value);
      return secret ? `${name}${sign}${value.slice(0, secret.start)}***${value.slice(secret.end)}` : whole;
    },
  );
  return named.replace(/[^\s"'=]{12,4000}/g, (word) => {
    const secret = secretValue(word);
    return secret ? `${word.slice(0, secret.start)}***${word.slice(secret.end)}` : word;
  });
}
