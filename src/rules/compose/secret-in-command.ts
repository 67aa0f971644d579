import { hardCodedSecret } from '../../knowledge/hard-coded-secret.ts';
import { credentialsInUrl } from '../../knowledge/url-credentials.ts';
import type { Service } from '../../model/service.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';
import { cameFromVariable } from '../written-values.ts';

type ShellCommand = Service['process']['commands'][number];
type ShellWord = ShellCommand['words'][number];

/** Options that hold a password under a name that no list of words knows. */
const passwordOptions = /^--?(?:requirepass|masterauth|a|auth|pass|pw)$/;
/** `-psecret`, without a blank. */
const glued = /^(?:mysql|mysqladmin|mysqldump|mysqlcheck|mariadb|mariadb-admin|mariadb-dump)$/;

export const secretInCommand: Rule = {
  id: 'compose/secret-in-command',
  summary: 'A secret is part of a command line',
  why: 'Command lines are shown by `docker ps`, `docker inspect` and every process list of the host, and this one is in the repository.',
  sources: ['https://docs.docker.com/compose/how-tos/use-secrets/', 'https://cwe.mitre.org/data/definitions/214.html'],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN12'],
  aliases: ['kics:passwords_and_secrets'],
  drill: 'secrets-stay-secret',
  byHand: 'the program must be told to read it from a file',
  examples: { bad: 'bad-requirepass', good: 'good-from-variable' },
  service(service, report) {
    if (!isContainer(service)) return;
    for (const command of writtenInCompose(service))
      for (const { word, value, name } of secretsIn(command)) {
        if (cameFromVariable(value, word.span, service.composeModel)) continue;
        report({ at: word.span, message: `"${service.name}" has a secret on a command line, after ${name}` });
      }
  },
};

function writtenInCompose(service: Service): readonly ShellCommand[] {
  const health =
    service.healthcheck.kind === 'test' && service.healthcheck.from === 'compose' ? service.healthcheck : undefined;
  const own = service.attribute('command') !== undefined || service.attribute('entrypoint') !== undefined;
  const commands = [...(own ? service.process.commands : []), ...(health?.commands ?? [])];
  return commands.filter(({ span }) => /\.ya?ml$/i.test(span.file));
}

interface Found {
  readonly word: ShellWord;
  readonly value: string;
  readonly name: string;
}

function secretsIn(command: ShellCommand): Found[] {
  const found: Found[] = [];
  const add = (word: ShellWord, name: string, value: string, sure = false) => {
    const secret = hardCodedSecret(sure ? 'password' : name, value) ?? urlSecret(value);
    if (secret && secret.confidence !== 'guess') found.push({ word, name, value });
  };
  for (const [at, word] of command.words.entries()) {
    const option = /^(--?[\w.-]+)=(.+)$/s.exec(word.text);
    const next = command.words[at + 1];
    if (option) add(word, option[1] ?? '', option[2] ?? '', passwordOptions.test(option[1] ?? ''));
    else if (glued.test(command.name ?? '') && /^-p./.test(word.text)) add(word, '-p', word.text.slice(2), true);
    else if (/^--?[a-zA-Z]/.test(word.text) && next && !next.text.startsWith('-')) {
      const isRedis = /^(?:redis|valkey|keydb)-/.test(command.name ?? '') || word.text.length > 3;
      add(next, word.text, next.text, isRedis && passwordOptions.test(word.text));
    } else if (at > 0 && urlSecret(word.text) && !found.some((other) => other.word === word)) {
      found.push({ word, name: `${command.name ?? 'the command'}, in a URL`, value: word.text });
    }
  }
  const key = keyOfMinio(command);
  if (key) add(key, 'the access key', key.text, true);
  for (const { name, value } of command.assignments) if (value) add(value, name, value.text);
  return found;
}

function urlSecret(text: string) {
  return credentialsInUrl(text) ? ({ confidence: 'certain' } as const) : undefined;
}

/** `mc alias set NAME URL ACCESSKEY SECRETKEY`, and its older form `mc config host add`. */
function keyOfMinio({ words }: ShellCommand): ShellWord | undefined {
  const text = words.map((word) => word.text).join(' ');
  const verb = /^\S*\bmc (?:--?\S+ )*(?:alias set|config host add) /.exec(text)?.[0];
  const rest = words.slice(verb === undefined ? words.length : verb.trim().split(' ').length);
  return rest.filter((word) => !word.text.startsWith('--'))[3];
}
