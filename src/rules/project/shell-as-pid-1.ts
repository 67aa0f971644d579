import { execInScript, execInShellCall } from '../../cures/exec-in-script.ts';
import { type EntryScript, entryScript, ownCommand } from '../../model/entry-script.ts';
import { programOf, type ShellCommand } from '../../model/image/programs.ts';
import type { Service } from '../../model/service.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import type { Rule } from '../rule.ts';
import { shellGivesWay } from '../shell-gives-way.ts';
import { subject } from '../subject.ts';

export const shellAsPid1: Rule = {
  id: 'project/shell-as-pid-1',
  summary: 'An app that a shell starts without exec',
  why: 'The shell stays PID 1 and does not pass SIGTERM on: each stop and each deploy waits out the grace period and then kills the app amid its requests.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#exec-form-entrypoint-example',
    'https://docs.docker.com/reference/cli/docker/container/stop/',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG9', 'RUN14'],
  aliases: [],
  drill: 'graceful-stop',
  examples: { bad: 'bad-script-without-exec', good: 'good-script-with-exec' },
  service(service, report, project) {
    const { process } = service;
    const first = ownCommand(service);
    if (!first || service.role.runs !== 'server' || signalsGroup(first)) return;
    // What a base image brings as entrypoint gives way to the command.
    const entrypoint = process.entrypoint?.from.kind === 'file' ? process.entrypoint.value : undefined;
    const main = entrypoint ?? process.command?.value;
    // Shell form in a Dockerfile is `dockerfile/shell-form-command`.
    if (main?.form === 'exec' && isShellCall(first)) {
      const inner = process.commands.slice(1);
      const app = replacesItself(first, inner, service) ? undefined : swallowed(inner);
      const at = spanOfFact(entrypoint ? process.entrypoint : process.command);
      if (app && at)
        report({
          at,
          message: `${subject(service, at)} starts ${app} through a shell that stays PID 1`,
          fix: () => execInShellCall(service, project),
        });
      return;
    }
    const script = entryScript(service, project);
    const at = spanOfFact(entrypoint ? process.entrypoint : process.command);
    if (!script?.certain || !at) return;
    const app = swallowed(script.commands);
    if (!app) return;
    const line = lineOf(script, app);
    report({
      at,
      message: `${subject(service, at)} starts ${app} from ${script.path}${line} without exec, so the shell stays PID 1`,
      fix: () => execInScript(service, project),
    });
  },
};

/**
 * What the script's last command runs in the foreground as a child of the shell; undefined where the shell gives its
 * place away (`exec`), handles signals itself (`trap`), or nothing that lasts is seen.
 */
function swallowed(commands: readonly ShellCommand[]): string | undefined {
  if (commands.some((command) => command.name === 'trap' || command.words[0]?.text === 'exec')) return undefined;
  const flat = commands.filter(
    (command) => !command.within.some((one) => one === 'function' || one === 'substitution' || one === 'condition'),
  );
  const last = flat.at(-1);
  if (!last || last.words.length === 0) return undefined;
  const [first] = last.words;
  if (first && /^\$[@*]$|^\$\{[@*]\}$/.test(first.text)) return '"$@"';
  const { name } = programOf(last);
  if (name === undefined) return undefined;
  if (lasting.test(name)) return name;
  return name === 'tail' && last.words.some((word) => /^-\w*[fF]/.test(word.text)) ? 'tail -f' : undefined;
}

// Programs that serve until they are told to stop.
const lasting =
  /^(?:node|nodejs|npm|npx|yarn|pnpm|bun|deno|pm2-runtime|nodemon|python[\d.]*|gunicorn|uvicorn|hypercorn|daphne|celery|flask|uwsgi|streamlit|java|catalina\.sh|dotnet|ruby|puma|unicorn|rails|bundle|rackup|sidekiq|php|php-fpm[\d.]*|apache2-foreground|httpd-foreground|apachectl|nginx|httpd|caddy|haproxy|mysqld|mysqld_safe|postgres|redis-server|mongod|memcached|rabbitmq-server|supervisord|sshd|crond?|serve|http-server|mix|iex|beam|ng|next|vite|nuxt|nest)$/;

function replacesItself(call: ShellCommand, inner: readonly ShellCommand[], service: Service): boolean {
  const { name } = programOf(call);
  return shellGivesWay(name ?? 'sh', service.image.facts?.os, inner);
}

function isShellCall(command: ShellCommand): boolean {
  const { name, args } = programOf(command);
  return /^(?:ba|da|a)?sh$/.test(name ?? '') && args.some((word) => /^-\w*c\w*$/.test(word.text));
}

/** dumb-init signals the whole process group, tini does with -g: the shell's children hear it too. */
function signalsGroup(command: ShellCommand): boolean {
  const { through } = programOf(command);
  if (through.includes('dumb-init')) return true;
  const tini = command.words.findIndex((word) => /(?:^|\/)tini(?:-static)?$/.test(word.text));
  return tini !== -1 && command.words.slice(tini + 1, tini + 4).some((word) => /^-\w*g/.test(word.text));
}

function lineOf(script: EntryScript, app: string): string {
  const name = app === '"$@"' ? '$@' : app.split(' ')[0];
  const command = script.commands.findLast((one) => one.words.some((word) => word.text.includes(name ?? '')));
  if (!command) return '';
  return ` (line ${script.text.slice(0, command.span.start).split('\n').length})`;
}
