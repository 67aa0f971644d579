import { entryScript, ownCommand } from '../../model/entry-script.ts';
import { programOf, type ShellCommand } from '../../model/image/programs.ts';
import type { Service } from '../../model/service.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import { leastSure } from '../../vocabulary/severity.ts';
import type { Rule } from '../rule.ts';
import { subject } from '../subject.ts';

export const programMissing: Rule = {
  id: 'project/program-missing',
  summary: 'A start command that calls a program the image has not',
  why: 'The container ends at once with "executable file not found" or "not found", and its restart policy starts it again and again.',
  sources: [
    'https://docs.docker.com/engine/containers/run/#exit-status',
    'https://wiki.alpinelinux.org/wiki/Shell_management',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.2.0',
  mission: ['IMG2', 'OPS8'],
  aliases: [],
  drill: 'crash-restart',
  byHand: 'only you know where the program should come from',
  examples: { bad: 'bad-bash-script', good: 'good-bash-installed' },
  service(service, report, project) {
    const { process } = service;
    const entrypoint = process.entrypoint?.value ? process.entrypoint : undefined;
    const at = spanOfFact(process.command?.value ? process.command : entrypoint) ?? spanOfFact(entrypoint);
    const first = ownCommand(service);
    if (!at || !first || service.image.shell === 'no') return;
    const { facts, software } = service.image;
    // A package may bring the program along for its own use.
    const confidence = leastSure(software.packages.length > 0 ? 'likely' : 'certain', facts?.confidence ?? 'certain');
    const own = process.commands.length > 1 && isSafe(process.commands) ? process.commands.slice(1) : [];
    for (const command of [first, ...own]) {
      const missing = missingOf(command, service);
      if (!missing) continue;
      report({
        at,
        message: `${subject(service, at)} starts with ${missing.name}, but ${missing.because}`,
        confidence,
      });
      return;
    }
    const script = entryScript(service, project);
    const shebang = script && interpreterOf(script.text);
    const gone = shebang === undefined ? undefined : absence(shebang, service);
    if (script && gone !== undefined && !isGivenToShell(first)) {
      const message = `${script.path}, which starts ${object(service)}, needs ${shebang}, but ${gone}`;
      report({ at, message, confidence });
      return;
    }
    if (!script?.certain || !isSafe(script.commands)) return;
    const told = new Set<string>();
    for (const command of script.commands) {
      const missing = command.within.length > 0 ? undefined : missingOf(command, service);
      if (!missing || told.has(missing.name)) continue;
      told.add(missing.name);
      const line = script.text.slice(0, command.span.start).split('\n').length;
      report({
        at,
        message: `${script.path} (line ${line}), which starts ${object(service)}, calls ${missing.name}, but ${missing.because}`,
        confidence: leastSure(confidence, 'likely'),
      });
    }
  },
};

/** Whoever asks first what is there (`command -v curl`), or tries one after the other, copes with either. */
function isSafe(commands: readonly ShellCommand[]): boolean {
  return !commands.some(
    ({ name, joint }) => joint === '||' || ['command', 'which', 'type', 'hash', 'apk', 'apt-get'].includes(name ?? ''),
  );
}

/** Programs that come with a distribution, a language or by themselves; of an app's own nobody here knows. */
const known = /^(?:bash|zsh|ksh|python3?|node|npm|java|php|ruby|perl|curl|wget|nc|gosu|su-exec|sudo|tini|dumb-init)$/;

const languages = /^(?:python3?|node|npm|java|php|ruby|perl)$/;

function missingOf(command: ShellCommand, service: Service): { name: string; because: string } | undefined {
  const { name, path, through } = programOf(command);
  for (const program of [...through, path?.literal && path.text.includes('/') ? path.text : (name ?? '')]) {
    if (!known.test(program.slice(program.lastIndexOf('/') + 1))) continue;
    const because = absence(program, service);
    if (because !== undefined) return { name: program, because };
  }
  return undefined;
}

function absence(program: string, service: Service): string | undefined {
  const { presence, because } = service.image.software.has(program);
  // A mounted file or folder may bring the program.
  const name = program.slice(program.lastIndexOf('/') + 1);
  // `python-pip` brings Python, `maven` Java: what packages need, their names do not tell.
  if (languages.test(name) && service.image.software.packages.length > 0) return undefined;
  const isMounted = service.mounts.some(({ target }) => target.endsWith(`/${name}`) || /\/s?bin\/?$/.test(target));
  return presence === 'no' && !isMounted ? because : undefined;
}

/** `#!/bin/bash`, `#!/usr/bin/env python3`: the program; sh is everywhere where a script can run. */
function interpreterOf(text: string): string | undefined {
  const line = /^#!\s*(\S+)(?:[ \t]+([^\r\n]*))?/.exec(text);
  const path = line?.[1];
  if (path === undefined) return undefined;
  const program = /\/env$/.test(path) ? line?.[2]?.split(/\s+/).find((word) => !word.startsWith('-')) : path;
  return program === undefined || /(?:^|\/)sh$/.test(program) ? undefined : program;
}

/** `sh entrypoint.sh`: nobody reads its first line. */
function isGivenToShell(command: ShellCommand): boolean {
  return /^(?:ba|da|a|z)?sh$/.test(programOf(command).name ?? '');
}

function object(service: Service): string {
  return service.compose === undefined ? 'the image' : `"${service.name}"`;
}
