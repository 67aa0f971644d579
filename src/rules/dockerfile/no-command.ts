import type { CommandLine } from '../../model/image/image.ts';
import type { Fact } from '../../vocabulary/fact.ts';
import { leastSure } from '../../vocabulary/severity.ts';
import type { Rule } from '../rule.ts';
import { subject } from '../subject.ts';

/** Shells and interpreters that base images start by default: without a terminal they end at once. */
const interactive =
  /^(?:(?:ba|da|a|z|k)?sh|node|python3?|irb|iex|erl|jshell|ghci|julia|R|lua|swift|pypy3?|perl|deno|bun|dart|scala|php)$/;

export const noCommand: Rule = {
  id: 'dockerfile/no-command',
  summary: 'An image that does not say what to run',
  why: 'The container starts the shell or prompt of its base, finds no terminal and ends; with a restart policy it does so for ever.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact',
    'https://docs.docker.com/engine/containers/run/#cmd-default-command-or-options',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG9', 'IMG11'],
  aliases: [],
  byHand: 'only you know what it runs',
  examples: { bad: 'bad-base-shell', good: 'good-cmd' },
  service(service, report) {
    const { build, process, image } = service;
    const target = build?.dockerfile?.target;
    if (!target || process.entrypoint === undefined || process.command === undefined) return;
    const { entrypoint, command } = process;
    // A base that others build on (only ONBUILD, or a tool image) has its command in the child.
    if (target.steps.some((step) => step.instruction.keyword === 'ONBUILD')) return;
    if (entrypoint.value === undefined && command.value === undefined) {
      report({
        at: target.from.span,
        message: `${subject(service, target.from.span)} has neither CMD nor ENTRYPOINT, and its base brings none`,
        severity: 'high',
        confidence: leastSure(entrypoint.sure, command.sure),
      });
      return;
    }
    const prompt = promptOf(command);
    // Of a tag that no row knows (`node:8-onbuild`) the command is only a guess.
    if (prompt === undefined || command.sure === 'guess' || !isWrapper(entrypoint)) return;
    report({
      at: target.from.span,
      message: `${subject(service, target.from.span)} has neither CMD nor ENTRYPOINT: it starts the ${prompt.endsWith('sh') ? `shell (${prompt})` : 'prompt'} of ${image.base?.text ?? 'its base'}`,
      confidence: leastSure(command.sure, 'likely'),
    });
  },
};

function promptOf(command: Fact<CommandLine | undefined>): string | undefined {
  const words = command.value?.words.map(({ text }) => text) ?? [];
  if (command.from.kind !== 'base-image' || !words[0]) return undefined;
  const program = words[0].slice(words[0].lastIndexOf('/') + 1);
  // `php -a` and `perl -de0` are prompts; a script given to them is a program.
  const isPrompt = interactive.test(program) && words.slice(1).every((word) => /^-[a-z]\w?$|^shell$|^repl$/.test(word));
  return isPrompt ? words.join(' ') : undefined;
}

/** No entrypoint, or the base's own script that runs what it is given. */
function isWrapper(entrypoint: Fact<CommandLine | undefined>): boolean {
  return (
    entrypoint.value === undefined ||
    (entrypoint.from.kind === 'base-image' && /entrypoint|\/__cacert/.test(entrypoint.value.words[0]?.text ?? ''))
  );
}
