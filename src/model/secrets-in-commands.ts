import { hardCodedSecret } from '../knowledge/hard-coded-secret.ts';
import { secretName } from '../knowledge/secret-names.ts';
import { credentialsInUrl } from '../knowledge/url-credentials.ts';
import type { Span } from '../vocabulary/span.ts';
import { programOf, type ShellCommand, type ShellWord } from './image/programs.ts';

export interface CommandSecret {
  readonly value: string;
  readonly span: Span;
}

/** Options that hold a password under a name that no list of words knows. */
const passwordOptions = /^--?(?:requirepass|masterauth|auth|pass|passwd|pw|pwd)$/i;
/** `-psecret`, without a blank. */
const glued = /^(?:mysql\w*|mariadb[\w-]*|sshpass)$/;

/**
 * What may be a secret in a command line: rather too much than too little, since this only decides what is masked;
 * whether it is a fault is for the rules.
 */
export function secretsInCommand(command: ShellCommand): CommandSecret[] {
  const found: CommandSecret[] = [];
  const add = (value: string, span: Span): void => {
    if (value !== '' && !/^\$[\w{(]/.test(value)) found.push({ value, span });
  };
  const { name = '', args } = programOf(command);
  for (const { name: variable, value } of command.assignments)
    if (value && hides(variable, value.text)) add(value.text, value.span);
  args.forEach((word, index) => {
    const next = args[index + 1];
    const pair = /^-{0,2}([A-Za-z][\w.-]*)[=:](.+)$/s.exec(word.text);
    if (pair && hides(pair[1] as string, pair[2] as string)) add(pair[2] as string, word.span);
    else if (glued.test(name) && /^-p./.test(word.text)) add(word.text.slice(2), word.span);
    if (next && takesSecret(word, next, name)) add(next.text.slice(next.text.indexOf(':') + 1), next.span);
    const inUrl = credentialsInUrl(word.text);
    if (inUrl) add(inUrl.password, word.span);
  });
  return found;
}

function hides(name: string, value: string): boolean {
  return hardCodedSecret(name, value) !== undefined || secretName(name) === 'yes' || passwordOptions.test(`-${name}`);
}

function takesSecret(option: ShellWord, next: ShellWord, program: string): boolean {
  const { text } = option;
  if (next.text.startsWith('-')) return false;
  if (/^(?:curl|wget|http)$/.test(program) && /^(?:-u|--user|-a)$/.test(text)) return next.text.includes(':');
  if (program === 'sshpass') return text === '-p';
  if (/^(?:redis|valkey|keydb)-/.test(program) && text === '-a') return true;
  if (!/^--?[A-Za-z]/.test(text)) return false;
  return passwordOptions.test(text) || (text.length > 2 && secretName(text.replace(/^-+/, '')) === 'yes');
}
