import { hardCodedSecret } from '../../knowledge/hard-coded-secret.ts';
import { secretName } from '../../knowledge/secret-names.ts';
import { knownSecret } from '../../knowledge/secret-values.ts';
import { natureOfValue } from '../../knowledge/value-nature.ts';
import { programOf, type ShellCommand, type ShellWord } from '../../model/image/programs.ts';
import type { Confidence, Severity } from '../../vocabulary/severity.ts';
import type { Span } from '../../vocabulary/span.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const secretInRun: Rule = {
  id: 'dockerfile/secret-in-run',
  summary: 'A secret in the command line of RUN',
  why: 'The command line is part of the image: "docker history --no-trunc" prints it for everyone who can pull, and so do build logs.',
  sources: [
    'https://docs.docker.com/build/building/secrets/',
    'https://docs.docker.com/reference/cli/docker/image/history/',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG10', 'SCN2'],
  aliases: [],
  drill: 'secrets-stay-secret',
  examples: { bad: 'bad-token-in-url', good: 'good-secret-mount' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'RUN')) {
      for (const command of step.commands) {
        // One report a command: the words of one line tell of one secret.
        const found = secretOf(command);
        if (!found) continue;
        report({
          at: found.at,
          severity: step.stage.isInherited ? found.severity : 'medium',
          confidence: found.confidence,
          message: `${found.what} stands in this command line`,
        });
      }
    }
  },
};

interface Found {
  readonly at: Span;
  readonly what: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
}

function secretOf(command: ShellCommand): Found | undefined {
  for (const { name, value } of command.assignments) {
    const found = value && hardCodedSecret(name, value.text);
    if (found)
      return {
        at: value.span,
        what: capital(found.what),
        severity: found.weak ? 'low' : 'high',
        confidence: found.confidence,
      };
  }
  for (const word of [...command.words, ...command.redirects.map(({ target }) => target)]) {
    const found = word && knownSecret(word.text);
    if (!word || !found) continue;
    const at = word.spanOf?.(found.start, found.end) ?? word.span;
    return {
      at,
      what: capital(found.what),
      severity: found.confidence === 'certain' ? 'critical' : 'high',
      confidence: found.confidence,
    };
  }
  return exportedSecret(command) ?? loginOption(command);
}

/** `export TOKEN=…`, `env API_KEY=… command`. */
function exportedSecret(command: ShellCommand): Found | undefined {
  if (!['export', 'env', 'declare'].includes(command.name ?? '')) return undefined;
  for (const word of command.words.slice(1)) {
    const equals = word.text.indexOf('=');
    const found = equals > 0 ? hardCodedSecret(word.text.slice(0, equals), word.text.slice(equals + 1)) : undefined;
    if (found)
      return {
        at: word.span,
        what: capital(found.what),
        severity: found.weak ? 'low' : 'high',
        confidence: found.confidence,
      };
  }
  return undefined;
}

/** `curl -u user:password`, `--password=…`, `mysql -psecret`, `sshpass -p`. */
function loginOption(command: ShellCommand): Found | undefined {
  const { name, args } = programOf(command);
  for (const [index, word] of args.entries()) {
    if (!word.text.startsWith('-')) continue;
    const long = /^--?([a-z][\w-]*)=(.+)$/is.exec(word.text);
    const option = /^--?([a-z][\w-]+)$/i.exec(word.text)?.[1];
    const next = args[index + 1];
    if (long && secretName(long[1] ?? '') === 'yes' && isOpen(word, long[2] ?? '')) return plain(word);
    if (option && next && takesPassword(option) && isOpen(next, next.text)) return plain(next);
    if (next && (name === 'curl' || name === 'wget') && (word.text === '-u' || word.text === '--user')) {
      const password = next.text.slice(next.text.indexOf(':') + 1);
      if (next.text.includes(':') && isOpen(next, password)) return plain(next);
    }
    if (name === 'sshpass' && /^-p./.test(word.text) && isOpen(word, word.text.slice(2))) return plain(word);
    if (name === 'sshpass' && word.text === '-p' && next && isOpen(next, next.text)) return plain(next);
  }
  return undefined;
}

/** Options by these names take the password itself; `--token-file` or `--pass-through` are told apart by their names. */
function takesPassword(option: string): boolean {
  return /^(?:password|passwd|token|api-?key|auth-?token|access-?token|secret|secret-?key|client-?secret)$/i.test(
    option,
  );
}

function isOpen(word: ShellWord, text: string): boolean {
  const nature = natureOfValue(text);
  return word.literal && !text.startsWith('-') && (nature === 'set' || nature === 'weak');
}

function plain(word: ShellWord): Found {
  return {
    at: word.span,
    what: 'A password or token',
    severity: natureOfValue(word.text) === 'weak' ? 'medium' : 'high',
    confidence: 'likely',
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
