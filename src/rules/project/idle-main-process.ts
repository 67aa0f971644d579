import { entryScript, ownCommand } from '../../model/entry-script.ts';
import { programOf, type ShellCommand } from '../../model/image/programs.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import { inOverride, isForDevelopment } from '../development-files.ts';
import type { Rule } from '../rule.ts';
import { subject } from '../subject.ts';

export const idleMainProcess: Rule = {
  id: 'project/idle-main-process',
  summary: 'A main process that only waits',
  why: 'When the real server dies nothing ends, so nothing restarts: the container is "up" for weeks and answers nobody.',
  sources: [
    'https://docs.docker.com/engine/containers/multi-service_container/',
    'https://docs.docker.com/engine/containers/start-containers-automatically/',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.2.0',
  mission: ['RUN10', 'IMG9'],
  aliases: [],
  drill: 'crash-restart',
  byHand: 'only you know which program should run',
  examples: { bad: 'bad-daemon-and-tail', good: 'good-foreground' },
  service(service, report, project) {
    const { process } = service;
    const first = ownCommand(service);
    if (!first || service.role.runs !== 'server' || isForDevelopment(service)) return;
    const at = spanOfFact(process.command?.value ? process.command : process.entrypoint);
    if (!at) return;
    const own = process.throughShell ? process.commands.filter((command) => !isShellCall(command)) : [first];
    const script = idle(own) ? undefined : entryScript(service, project);
    const commands = script ? script.commands : own;
    if (script?.certain === false || !idle(commands)) return;
    const waits = shown(commands);
    const textOf = (command: ShellCommand) => script?.text ?? project.sources.get(command.span.file)?.text ?? '';
    const server =
      commands.map((command, index) => started(command, index, commands, textOf(command))).find((name) => name) ??
      (commands.some((command) => !isTrivial(command)) ? 'the server' : undefined);
    const where = script ? ` (${script.path})` : '';
    report({
      at,
      message: server
        ? `${subject(service, at)} waits in "${waits}"${where}, so nobody notices when ${server} ends`
        : `${subject(service, at)} does nothing but wait: "${waits}"${where}`,
      ...(server ? {} : { severity: 'low' as const }),
      ...inOverride(at),
    });
  },
};

/** The last thing it does never ends and serves nobody. */
function idle(commands: readonly ShellCommand[]): boolean {
  const last = commands.filter(({ within }) => !within.includes('function') && !within.includes('substitution')).at(-1);
  if (!last || last.words.some(({ text }) => /^\$[@*]$/.test(text))) return false;
  return waits(last) || (last.within.includes('loop') && programOf(last).name === 'sleep' && isEndless(commands));
}

function waits(command: ShellCommand): boolean {
  const { name, args } = programOf(command);
  const words = args.map(({ text }) => text);
  if (name === 'sleep') return words.some((word) => /^(?:inf|infinity|\d{7,}|\d{3,}d)$/i.test(word));
  return name === 'tail' && words.some((word) => /^(?:-\w*[fF]\w*|--follow.*)$/.test(word));
}

/** `while true; do …; sleep 60; done` with nothing but the sleep in it: a loop that does work is a scheduler. */
function isEndless(commands: readonly ShellCommand[]): boolean {
  const looped = commands.filter(({ within }) => within.includes('loop'));
  return looped.every((command) => {
    const { name } = programOf(command);
    return name === 'sleep' || name === 'true' || name === ':' || name === 'echo' || name === 'date';
  });
}

function shown(commands: readonly ShellCommand[]): string {
  const text = (commands.at(-1)?.words ?? []).map((word) => word.text).join(' ');
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** What is started and left to itself: `service nginx start`, `/etc/init.d/ssh start`, `nginx`, `app &`. */
function started(command: ShellCommand, index: number, all: readonly ShellCommand[], text: string): string | undefined {
  const { name, path, args } = programOf(command);
  if (name === undefined || name === 'tail' || name === 'sleep') return undefined;
  const words = args.map((word) => word.text);
  if (name === 'service') return words[1] === 'start' || words[1] === 'restart' ? words[0] : undefined;
  if (/^\/etc\/init\.d\//.test(path?.text ?? '')) return /^(?:re)?start$/.test(words[0] ?? '') ? name : undefined;
  if (daemons.test(name)) return index < all.length - 1 && !words.includes('-t') ? name : undefined;
  return /^\s{0,20}&(?!&)/.test(text.slice(command.span.end, command.span.end + 25)) ? name : undefined;
}

/** They put themselves into the background. */
const daemons = /^(?:apachectl|apache2ctl|supervisord|nginx|php-fpm[\d.]*|crond?|sshd|startup\.sh)$/;

/** Prepares, or waits; starts nothing. */
function isTrivial(command: ShellCommand): boolean {
  const { name } = programOf(command);
  return (
    name === undefined || /^(?:tail|sleep|true|:|echo|date|touch|mkdir|chown|chmod|set|cd|export|trap)$/.test(name)
  );
}

function isShellCall(command: ShellCommand): boolean {
  const { name, args } = programOf(command);
  return /^(?:ba|da|a)?sh$/.test(name ?? '') && args.some((word) => /^-\w*c\w*$/.test(word.text));
}
