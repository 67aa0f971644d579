import { hardCodedSecret } from '../knowledge/hard-coded-secret.ts';
import { secretName } from '../knowledge/secret-names.ts';
import { secretValue } from '../knowledge/secret-values.ts';
import { credentialsInUrl } from '../knowledge/url-credentials.ts';
import type { Project } from '../model/project.ts';
import { mask } from '../vocabulary/mask.ts';
import type { Span } from '../vocabulary/span.ts';

interface Secret {
  readonly value: string;
  readonly span: Span | undefined;
  /** Long and odd enough to be masked wherever it stands; `postgres` as a password is masked only in its own line. */
  readonly distinct: boolean;
}

/** Lines of a project's files as they may be shown: every value that is, or may be, a secret is masked. */
export function maskedLines(project: Project): (file: string, line: number) => string | undefined {
  let everywhere: readonly string[] | undefined;
  let here: ReadonlyMap<string, readonly string[]> = new Map();
  return (file, line) => {
    const source = project.sources.get(file);
    if (!source) return undefined;
    if (!everywhere) {
      const secrets = secretsOf(project);
      everywhere = distinctSecrets(secrets);
      here = byLine(project, secrets);
    }
    const own = here.get(`${file}:${line}`) ?? [];
    return maskFormats(afterKey(mask(source.line(line), everywhere), own));
  };
}

/** Takes secrets of a project out of any text. */
export function secretMask(project: Project): (text: string) => string {
  let secrets: readonly string[] | undefined;
  return (text) => {
    secrets ??= distinctSecrets(secretsOf(project));
    return mask(text, secrets);
  };
}

function distinctSecrets(secrets: readonly Secret[]): string[] {
  return secrets.filter((secret) => secret.distinct).map((secret) => secret.value);
}

function byLine(project: Project, secrets: readonly Secret[]): ReadonlyMap<string, readonly string[]> {
  const lines = new Map<string, string[]>();
  for (const { value, span } of secrets) {
    const source = span && project.sources.get(span.file);
    if (!span || !source) continue;
    const last = source.positionAt(span.end).line;
    for (let line = source.positionAt(span.start).line; line <= last; line++) {
      const key = `${span.file}:${line}`;
      lines.set(key, [...(lines.get(key) ?? []), value]);
    }
  }
  return lines;
}

/** Values of variables whose name or looks say secret, and passwords inside addresses. */
function secretsOf(project: Project): Secret[] {
  const found: Secret[] = [];
  const add = (name: string, value: string | undefined, span: Span | undefined): void => {
    if (value === undefined || value === '') return;
    const hard = hardCodedSecret(name, value);
    const credentials = credentialsInUrl(value);
    if (hard) {
      const part = value.slice(hard.start, hard.end);
      found.push({ value: part, span, distinct: !hard.weak && part.length >= 8 });
    } else if (secretName(name) === 'yes' && !/^(?:true|false|\d{1,3}|\/[\w./-]*)$/i.test(value)) {
      found.push({ value, span, distinct: value.length >= 12 && !/^[a-z]+$/.test(value) });
    }
    if (credentials)
      found.push({
        value: credentials.password,
        span,
        distinct: !credentials.weak && credentials.password.length >= 8,
      });
  };
  for (const service of project.services) {
    for (const variable of service.environment.values()) {
      add(variable.name, variable.value, variable.span);
      // `- NAME=value` in a list, and `${NAME:-value}`: what stands in the line is the template.
      const fallback = /\$\{\w+:?-([^}]+)\}/.exec(variable.template ?? '')?.[1];
      if (fallback) add(variable.name, fallback, variable.span);
    }
  }
  for (const [name, value] of project.compose?.environment ?? []) add(name, value, envFileLine(project, name));
  for (const dockerfile of project.dockerfiles) {
    for (const variable of dockerfile.globalArguments) add(variable.name, variable.value, variable.span);
    for (const stage of dockerfile.stages)
      for (const step of stage.steps)
        for (const pair of step.instruction.pairs) add(pair.key, step.scope.expand(pair.value ?? '').text, pair.span);
  }
  return found;
}

function envFileLine(project: Project, name: string): Span | undefined {
  for (const source of project.sources.values()) {
    if (!/(?:^|\/)\.env|\.env$/.test(source.path)) continue;
    const at = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name.replace(/\W/g, '\\$&')}[ \\t]*[=:].*$`, 'm').exec(
      source.text,
    );
    if (at) return source.span(at.index, at.index + at[0].length);
  }
  return undefined;
}

/** In its own line, even a short or common secret is masked, but not in the name before it. */
function afterKey(line: string, secrets: readonly string[]): string {
  let shown = line;
  for (const secret of [...secrets].sort((first, second) => second.length - first.length)) {
    const equals = shown.search(/[=:]\s*/);
    const from = equals === -1 ? 0 : equals + 1;
    shown = shown.slice(0, from) + shown.slice(from).split(secret).join('***');
  }
  return shown;
}

/** What no variable names: tokens in commands, by their format. */
function maskFormats(line: string): string {
  return line.replace(/[^\s"'=]{12,4000}/g, (word) => {
    const secret = secretValue(word);
    return secret ? `${word.slice(0, secret.start)}***${word.slice(secret.end)}` : word;
  });
}
