import type { CommandLine } from '../../model/image/image.ts';
import type { Service } from '../../model/service.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import type { Span } from '../../vocabulary/span.ts';
import type { Rule } from '../rule.ts';
import { object } from '../subject.ts';

export const commandNeedsShell: Rule = {
  id: 'project/command-needs-shell',
  summary: 'A command that is written for a shell but runs without one',
  why: 'The list form runs one program with these very arguments: "$PORT" stays a dollar sign and four letters, "&&" becomes an argument, and a whole line is a program that is not there.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#exec-form',
    'https://docs.docker.com/reference/compose-file/services/#command',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.2.0',
  mission: ['IMG9', 'IMG11'],
  aliases: [],
  drill: 'crash-restart',
  byHand: 'only you know what was meant to run',
  examples: { bad: 'bad-variable', good: 'good-through-a-shell' },
  service(service, report) {
    const { entrypoint, command } = service.process;
    const lines = [entrypoint, command].filter((line) => line !== undefined);
    // A script that is handed the words may give them to a shell, or put values into them. Those of official images only
    // run them (`exec "$@"`).
    const isHanded = lines.some(
      (line) =>
        line.from.kind === 'file' && /entrypoint|\.sh$|envsubst|(?:^|\/)env$/.test(line.value?.words[0]?.text ?? ''),
    );
    const throughShell = lines.some(
      (line) => line.value?.form === 'shell' || line.value?.words.some((word) => isShell(word.text)),
    );
    if (throughShell) return;
    const [main] = lines.filter((line) => line.value !== undefined && line.value.words.length > 0);
    for (const line of lines) {
      const fault = line.value && faultOf(line.value, line === main);
      if (!fault || spanOfFact(line) === undefined) continue;
      report({
        at: fault.at,
        message: messageOf(fault, service),
        confidence: fault.kind === 'line' ? 'certain' : isHanded ? 'guess' : 'likely',
        ...(isHanded && fault.kind !== 'line' ? { severity: 'low' as const } : {}),
      });
    }
  },
};

interface Fault {
  readonly kind: 'line' | 'operator' | 'variable';
  readonly text: string;
  readonly at: Span;
}

function faultOf({ words }: CommandLine, isMain: boolean): Fault | undefined {
  const [first] = words;
  if (
    isMain &&
    first &&
    words.length === 1 &&
    /^[\w./-]+\s+\S/.test(first.text) &&
    !/^\/[^-]*\s[^-]*$/.test(first.text)
  )
    return { kind: 'line', text: first.text, at: first.span };
  // `find -exec … ;` wants its semicolon.
  const isFind = /(?:^|\/)find$/.test(first?.text ?? '');
  const operator = words.find((word, index) => index > 0 && !isFind && /^(?:\|\|?|&&?|;|>>?|2>&1|<)$/.test(word.text));
  if (operator) return { kind: 'operator', text: operator.text, at: operator.span };
  // `$2b$10…` is a hash, `^\d+$` a pattern, `$request_uri` nginx's; names of the environment are upper case.
  const variable = words.find(
    ({ text }) => /(?:^|[:=/@,])\$(?:\{[A-Z][A-Z0-9_]*\}|[A-Z][A-Z0-9_]*\b)/.test(text) && !/[\s;{]\S*\s/.test(text),
  );
  return variable ? { kind: 'variable', text: variable.text, at: variable.span } : undefined;
}

function messageOf({ kind, text, at }: Fault, service: Service): string {
  const of = `The command of ${object(service, at)}`;
  switch (kind) {
    case 'line':
      return `${of} takes the whole line "${shown(text)}" as the name of a program`;
    case 'operator':
      return `${of} passes "${text}" on as an argument: no shell reads it`;
    case 'variable':
      return `${of} passes "${shown(text)}" on as it is: no shell puts a value there`;
  }
}

function isShell(text: string): boolean {
  return /(?:^|\/)(?:ba|da|a|z|k)?sh$|^(?:cmd|powershell|pwsh)(?:\.exe)?$/i.test(text);
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
