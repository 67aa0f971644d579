import type { Project } from '../../model/project.ts';
import type { Service } from '../../model/service.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import { inOverride, isForDevelopment } from '../development-files.ts';
import { startScript } from '../package-scripts.ts';
import type { Rule } from '../rule.ts';
import { subject } from '../subject.ts';

export const unstructuredLogs: Rule = {
  id: 'project/unstructured-logs',
  summary: 'Logs that are switched to text for people',
  why: 'A collector cannot search or count such lines: at night somebody greps colours and stack traces of many lines for the one request that failed.',
  sources: [
    'https://12factor.net/logs',
    'https://github.com/pinojs/pino-pretty#readme',
    'https://docs.docker.com/engine/logging/',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.2.0',
  mission: ['OPS5', 'APP3'],
  aliases: [],
  byHand: 'the program must be told how to log',
  examples: { bad: 'bad-log-format', good: 'good-json' },
  service(service, report, project) {
    if (service.role.runs !== 'server' || isForDevelopment(service)) return;
    for (const { name, value, span } of service.environment.values()) {
      if (value === undefined || !isForPeople(name, value)) continue;
      const message = `${subject(service, span)} writes its log for people: ${name}=${value}`;
      report({ at: span, message, ...inOverride(span) });
    }
    const { process } = service;
    const at = spanOfFact(process.command?.value ? process.command : process.entrypoint);
    if (!at) return;
    const printer = prettyPrinter(service, project);
    const message = printer && `${subject(service, at)} sends its log through ${printer}, which is for a terminal`;
    if (message) report({ at, message, confidence: 'certain', ...inOverride(at) });
    for (const { words } of process.commands)
      for (const [index, { text }] of words.entries()) {
        const [flag = '', given] = text.split('=', 2);
        if (!/^--?log(?:ging)?[-._]?(?:format|encoding|style)$/i.test(flag)) continue;
        const value = given ?? words[index + 1]?.text ?? '';
        if (forPeople.test(value))
          report({
            at,
            message: `${subject(service, at)} writes its log for people: ${flag} ${value}`,
            ...inOverride(at),
          });
      }
  },
};

// logfmt and syslog are made for programs, too.
const forPeople =
  /^(?:text|txt|plain|plaintext|pretty|console|human|dev|devel|development|color|colou?red|colorized)$/i;
const yes = /^(?:1|true|yes|on)$/i;
const no = /^(?:0|false|no|off)$/i;

function isForPeople(name: string, value: string): boolean {
  if (/(?:^|_)LOG(?:GING|GER|S)?_?(?:CONSOLE_)?(?:FORMAT|FORMATTER|ENCODING|ENCODER|STYLE|OUTPUT_FORMAT)$/i.test(name))
    return forPeople.test(value);
  if (/(?:^|_)(?:LOG(?:GING|GER|S)?_?PRETTY|PRETTY_?LOG(?:S|GING)?|PINO_PRETTY)$/i.test(name)) return yes.test(value);
  if (/(?:^|_)(?:LOG(?:GING|GER|S)?_?(?:AS_)?JSON|JSON_?LOG(?:S|GING)?)(?:_ENABLED)?$/i.test(name))
    return no.test(value);
  return false;
}

/** `node app.js | pino-pretty`, in the command or in the package.json script that it starts. */
function prettyPrinter(service: Service, project: Project): string | undefined {
  for (const command of service.process.commands)
    for (const { text } of command.words) {
      const name = text.slice(text.lastIndexOf('/') + 1);
      if (printers.has(name)) return name;
    }
  const script = startScript(service, project) ?? '';
  return /\|\s*(?:npx\s+)?(pino-pretty|bunyan|pino-colada|roarr)\b/.exec(script.slice(0, 1000))?.[1];
}

const printers: ReadonlySet<string> = new Set(['pino-pretty', 'pino-colada', 'bunyan']);
