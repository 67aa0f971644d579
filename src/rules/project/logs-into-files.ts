import type { ShellCommand } from '../../model/image/programs.ts';
import type { Service } from '../../model/service.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import { inOverride, isForDevelopment } from '../development-files.ts';
import type { Rule } from '../rule.ts';
import { subject } from '../subject.ts';

export const logsIntoFiles: Rule = {
  id: 'project/logs-into-files',
  summary: 'A service that writes its log into a file of the container',
  why: 'No collector and no "docker logs" shows it, nothing rotates it, and after a crash it is gone with the container: the one log that would tell why.',
  sources: ['https://12factor.net/logs', 'https://docs.docker.com/engine/logging/'],
  severity: 'medium',
  confidence: 'likely',
  since: '0.2.0',
  mission: ['RUN9', 'OPS5'],
  aliases: [],
  drill: 'log-flood',
  byHand: 'the program must be told to log to its output',
  examples: { bad: 'bad-redirect', good: 'good-stdout' },
  service(service, report) {
    const { process } = service;
    if (service.role.runs !== 'server' || isForDevelopment(service)) return;
    const at = spanOfFact(process.command?.value ? process.command : process.entrypoint);
    if (!at) return;
    const commands = process.commands.filter(({ within }) => within.length === 0);
    const last = commands.at(-1);
    // Who follows the file as the last thing has the log on stdout after all.
    if (!last || followsAFile(last, service)) return;
    const file = redirected(last) ?? (teed(last) ? undefined : namedByOption(last));
    if (file === undefined || isStream(file)) return;
    report({
      at,
      message: `${subject(service, at)} writes its log into ${file}, not to stdout`,
      ...inOverride(at),
    });
  },
};

/** Devices, descriptors, and what the image links to them. */
function isStream(file: string): boolean {
  return /^(?:\/dev\/|\/proc\/|&|-$|\d$)/.test(file);
}

function redirected({ redirects }: ShellCommand): string | undefined {
  const out = redirects.find(({ operator }) => /^(?:1?>>?|&>>?|>&)$/.test(operator));
  return out?.target?.literal ? out.target.text : undefined;
}

function teed({ name }: ShellCommand): boolean {
  return name === 'tee';
}

function followsAFile({ words }: ShellCommand, service: Service): boolean {
  return (
    words[0]?.text === 'tail' ||
    service.process.commands.some((command) => command.name === 'tail' || command.name === 'ln')
  );
}

/** Options by which servers are told where their log goes; the value is a file where it names one. */
const options: Readonly<Record<string, readonly string[]>> = {
  gunicorn: ['--access-logfile', '--error-logfile', '--log-file'],
  celery: ['--logfile', '-f'],
  uwsgi: ['--logto', '--daemonize'],
  mongod: ['--logpath'],
  'redis-server': ['--logfile'],
  'php-fpm': [],
  supervisord: [],
  puma: ['--redirect-stdout', '--redirect-stderr'],
};

function namedByOption({ words }: ShellCommand): string | undefined {
  const names = words.map(({ text }) => text.slice(text.lastIndexOf('/') + 1));
  const at = names.findIndex((name) => Object.hasOwn(options, name));
  const known = at === -1 ? undefined : options[names[at] ?? ''];
  if (!known) return undefined;
  for (const [index, { text }] of words.entries()) {
    if (index <= at) continue;
    const [flag = '', given] = text.split('=', 2);
    if (!known.includes(flag)) continue;
    const value = given ?? words[index + 1]?.text ?? '';
    if (/^[\w./-]+$/.test(value) && /[/.]/.test(value) && !isStream(value)) return value;
  }
  return undefined;
}
