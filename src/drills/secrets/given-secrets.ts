import { hardCodedSecret } from '../../knowledge/hard-coded-secret.ts';
import { secretName } from '../../knowledge/secret-names.ts';
import { credentialsInUrl } from '../../knowledge/url-credentials.ts';
import { child, itemsOf, text } from '../../model/compose/tree-access.ts';
import type { ShellCommand } from '../../model/image/programs.ts';
import type { Project } from '../../model/project.ts';
import { secretsInCommand } from '../../model/secrets-in-commands.ts';
import type { Service } from '../../model/service.ts';
import type { ServicePlan } from '../../stack/plan.ts';
import { partsOf } from './named-parts.ts';

/** A secret that a service, or its build, is given. */
export interface GivenSecret {
  readonly by: 'environment' | 'file' | 'command line' | 'label' | 'build';
  /** The variable, argument or label; where the file lies in the container. */
  readonly name: string;
  readonly value: string;
  /** Long and odd enough that it stands nowhere by chance. */
  readonly distinct: boolean;
  /** One line that something else of the same shape can take the place of; not a key, nor a file of settings. */
  readonly replaceable: boolean;
}

/** Longer ones are files of some other kind. */
const longest = 64 * 1024;

export function secretsGiven(plan: ServicePlan, service: Service | undefined, project: Project): GivenSecret[] {
  const found = secretsInEnvironment(plan.body.Env ?? []);
  const add = (name: string, content: string | undefined) => {
    const value = content?.replace(/\r?\n$/, '') ?? '';
    if (value === '' || value.length > longest) return;
    const replaceable = !value.includes('\n') && !/^[{[<]|^-----BEGIN/.test(value);
    found.push({ by: 'file', name, value, distinct: isDistinct('secret', value), replaceable });
  };
  for (const { kind, target, text: content } of plan.files) if (kind === 'secret') add(target, content);
  for (const { target, file } of service ? secretFilesOf(service, project) : []) {
    if (plan.files.some((one) => one.target === target)) continue;
    const read = project.files.read(file);
    add(target, read.ok ? read.text : undefined);
  }
  for (const [name, value] of Object.entries(plan.body.Labels)) found.push(...oneOf('label', name, value));
  for (const words of [wordsOf(plan.body['Entrypoint']), wordsOf(plan.body['Cmd'])])
    for (const { name, value } of secretArguments(words))
      found.push({ by: 'command line', name, value, distinct: isDistinct(name, value), replaceable: true });
  const commands = service ? [...service.process.commands, ...healthCommands(service)] : [];
  for (const { value } of commands.flatMap(secretsInCommand))
    if (!found.some((one) => one.value === value) && isDistinct('password', value))
      found.push({
        by: 'command line',
        name: 'an argument',
        value,
        distinct: true,
        replaceable: !value.includes('\n'),
      });
  return found;
}

/** What its build is given: build arguments, and what ARG, ENV and RUN of its Dockerfile say. */
export function secretsOfBuild({ build }: Service): GivenSecret[] {
  const found: GivenSecret[] = [];
  for (const [name, { value = '' }] of build?.arguments ?? []) found.push(...oneOf('build', name, value));
  for (const { name, value = '' } of build?.dockerfile?.globalArguments ?? [])
    found.push(...oneOf('build', name, value));
  for (const { instruction, scope } of build?.dockerfile?.stages.flatMap(({ steps }) => steps) ?? [])
    for (const { key, value } of instruction.pairs)
      found.push(...oneOf('build', key, scope.expand(value ?? '').text ?? ''));
  for (const { commands } of build?.dockerfile?.stages.flatMap(({ steps }) => steps) ?? [])
    for (const word of commands.flatMap(wordsOfCommand))
      for (const [name, value] of [...partsOf(word), ['RUN', word] as const])
        found.push(...oneOf('build', name, value).filter(({ distinct }) => distinct));
  return found.filter((one, index) => found.findIndex(({ value }) => value === one.value) === index);
}

/** `NAME=value` each. A password within a connection string is one, too. */
export function secretsInEnvironment(variables: readonly string[]): GivenSecret[] {
  const found: GivenSecret[] = [];
  for (const variable of variables) {
    const equals = variable.indexOf('=');
    if (equals < 1) continue;
    const [name, value] = [variable.slice(0, equals), variable.slice(equals + 1)];
    const own = oneOf('environment', name, value);
    found.push(...(own.length > 0 ? own : partsOf(value).flatMap((part) => within(name, part))));
  }
  return found;
}

/** What is a secret by the name it has within another: in JSON, or among the options of `JAVA_OPTS`. */
function within(variable: string, [name, value]: readonly [string, string]): GivenSecret[] {
  return oneOf('environment', name, value).flatMap((one) => (one.distinct ? [{ ...one, name: variable }] : []));
}

function oneOf(by: GivenSecret['by'], name: string, whole: string): GivenSecret[] {
  const value = secretPart(name, whole);
  if (value === undefined || value.length > longest) return [];
  const replaceable = !value.includes('\n') && !/^-----BEGIN|^eyJ/.test(value);
  return [{ by, name, value, distinct: isDistinct(name, value), replaceable }];
}

function wordsOfCommand({ words, assignments }: ShellCommand): string[] {
  return [...words.map(({ text }) => text), ...assignments.map(({ name, value }) => `${name}=${value?.text ?? ''}`)];
}

function wordsOf(command: unknown): string[] {
  return Array.isArray(command) ? command.filter((word) => typeof word === 'string') : [];
}

/** `--password x`, `--api-key=x`, and what names itself. */
function* secretArguments(words: readonly string[]): Iterable<{ readonly name: string; readonly value: string }> {
  for (const [index, word] of words.entries()) {
    const [, option = '', inline] = /^--?([A-Za-z][\w.-]*)(?:=(.+))?$/.exec(word) ?? [];
    const next = words[index + 1];
    const value = inline ?? (next?.startsWith('-') === false ? next : undefined);
    const part = option !== '' && value !== undefined ? secretPart(option, value) : undefined;
    if (part !== undefined) yield { name: `--${option}`, value: part };
    else if (namesItself(word)) yield { name: 'an argument', value: word };
  }
}

/** `acme-signing-key-6f2c91d07ab34e58`: says what it is, and ends in what nobody can guess. */
function namesItself(word: string): boolean {
  const [, name, rest] = /^([A-Za-z][\w-]{2,60})[-_]([A-Za-z0-9]{12,200})$/.exec(word) ?? [];
  return name !== undefined && secretName(name) === 'yes' && /\d/.test(rest ?? '') && /[A-Za-z]/.test(rest ?? '');
}

function healthCommands({ healthcheck }: Service) {
  return healthcheck.kind === 'test' ? healthcheck.commands : [];
}

function secretPart(name: string, value: string): string | undefined {
  const credentials = credentialsInUrl(value);
  if (credentials) return credentials.password;
  const hard = hardCodedSecret(name, value);
  if (hard && hard.confidence !== 'guess') return value.slice(hard.start, hard.end);
  // By its name alone: what stands there at run time opens something, however it looks.
  const isPlain = /^(?:true|false|yes|no|on|off|none|null|\d{1,3}|\/[\w./-]*|)$/i.test(value.trim());
  return secretName(name) === 'yes' && !isPlain ? value : undefined;
}

function isDistinct(name: string, value: string): boolean {
  return (
    value.length >= 8 && !/^(?:[a-z]+|[A-Z]+|\d{1,11})$/.test(value) && hardCodedSecret(name, value)?.weak !== true
  );
}

/** Secrets that come from files, of Compose or bind-mounted: where they are mounted, and the file by its path in the project. */
export function secretFilesOf(
  service: Service,
  project: Project,
): { readonly target: string; readonly file: string }[] {
  return [...boundSecretsOf(service), ...composeSecretsOf(service, project)];
}

/** `./db.txt:/run/secrets/db:ro`, and what a variable such as `DB_PASSWORD_FILE` points to. */
function boundSecretsOf(service: Service): { readonly target: string; readonly file: string }[] {
  const pointedTo = new Set(
    [...service.environment.values()].flatMap(({ name, value }) =>
      secretName(name.replace(/_FILE$/, '')) === 'yes' && /_FILE$/.test(name) && value !== undefined ? [value] : [],
    ),
  );
  return itemsOf(service.attribute('volumes')).flatMap((volume) => {
    const file = text(child(volume, 'source'));
    const target = text(child(volume, 'target'));
    if (text(child(volume, 'type')) !== 'bind' || file === undefined || target === undefined) return [];
    return pointedTo.has(target) || /^\/run\/secrets\/[^/]+$/.test(target) ? [{ target, file }] : [];
  });
}

function composeSecretsOf(service: Service, project: Project): { readonly target: string; readonly file: string }[] {
  return itemsOf(service.attribute('secrets')).flatMap((item) => {
    const key = text(child(item, 'source')) ?? text(item);
    const file = key === undefined ? undefined : text(child(project.compose?.secrets.get(key), 'file'));
    if (key === undefined || file === undefined) return [];
    const target = text(child(item, 'target')) ?? key;
    return [{ target: target.startsWith('/') ? target : `/run/secrets/${target}`, file }];
  });
}
