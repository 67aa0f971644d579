import { hardCodedSecret } from '../knowledge/hard-coded-secret.ts';
import { secretName } from '../knowledge/secret-names.ts';
import { credentialsInUrl } from '../knowledge/url-credentials.ts';
import { lazily } from '../vocabulary/lazily.ts';
import type { Span } from '../vocabulary/span.ts';
import { asMap, text } from './compose/tree-access.ts';
import type { Project } from './project.ts';
import { secretsInCommand } from './secrets-in-commands.ts';
import type { Service } from './service.ts';

export interface ProjectSecret {
  readonly value: string;
  readonly span: Span | undefined;
  /** Long and odd enough to be masked wherever it stands; `postgres` as a password is masked only in its own line. */
  readonly distinct: boolean;
}

/** Values of variables whose name or looks say secret, and passwords inside addresses. */
export function secretsOf(project: Project): ProjectSecret[] {
  const found: ProjectSecret[] = [];
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
  const addWord = (value: string, span: Span): void => {
    const isOwn = span.file !== '';
    found.push({ value, span: isOwn ? span : undefined, distinct: isDistinct(value) });
  };
  for (const service of project.services) {
    for (const variable of service.environment.values()) {
      add(variable.name, variable.value, variable.span);
      // `- NAME=value` in a list, and `${NAME:-value}`: what stands in the line is the template.
      for (const [, fallback] of variable.template?.matchAll(/\$\{\w+:?-([^}]+)\}/g) ?? [])
        add(variable.name, fallback, variable.span);
    }
    for (const [name, argument] of service.build?.arguments ?? []) add(name, argument.value, argument.span);
    for (const [name, label] of labelsOf(service)) add(name, label.value, label.span);
    for (const command of commandsOf(service))
      for (const { value, span } of secretsInCommand(command)) addWord(value, span);
  }
  const setAt = lazily(() => envFileLines(project));
  for (const [name, value] of project.compose?.environment ?? []) add(name, value, setAt().get(name));
  for (const dockerfile of project.dockerfiles) {
    for (const variable of dockerfile.globalArguments) add(variable.name, variable.value, variable.span);
    for (const stage of dockerfile.stages)
      for (const step of stage.steps) {
        for (const command of step.commands)
          for (const { value, span } of secretsInCommand(command)) addWord(value, span);
        for (const pair of step.instruction.pairs) add(pair.key, step.scope.expand(pair.value ?? '').text, pair.span);
      }
  }
  return found;
}

/** Where each variable of env files is first set, by its name. */
function envFileLines(project: Project): ReadonlyMap<string, Span> {
  const lines = new Map<string, Span>();
  for (const source of project.sources.values()) {
    if (!/(?:^|\/)\.env|\.env$/.test(source.path)) continue;
    for (const line of source.text.matchAll(/^[ \t]*(?:export[ \t]+)?([^\s=:]+)[ \t]*[=:].*$/gm)) {
      const name = line[1] ?? '';
      if (!lines.has(name)) lines.set(name, source.span(line.index, line.index + line[0].length));
    }
  }
  return lines;
}

/** Such a word stands nowhere by chance. */
function isDistinct(value: string): boolean {
  return (
    value.length >= 8 && !/^(?:[a-z]+|[A-Z]+|\/[\w./-]*)$/.test(value) && !hardCodedSecret('password', value)?.weak
  );
}

function* labelsOf(service: Service): Iterable<[string, { readonly value: string | undefined; readonly span: Span }]> {
  for (const path of ['labels', 'deploy.labels', 'build.labels'])
    for (const { key, value } of asMap(service.attribute(path))?.entries.values() ?? [])
      yield [key, { value: text(value), span: value.span }];
}

function commandsOf(service: Service) {
  return [...service.process.commands, ...(service.healthcheck.kind === 'test' ? service.healthcheck.commands : [])];
}
