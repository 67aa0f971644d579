import { askWithOwnTool } from '../../cures/mend-healthcheck.ts';
import { programOf, type ShellCommand } from '../../model/image/programs.ts';
import { leastSure } from '../../vocabulary/severity.ts';
import { askedBy, ownTest } from '../probe.ts';
import type { Rule } from '../rule.ts';
import { object } from '../subject.ts';

export const healthcheckToolMissing: Rule = {
  id: 'project/healthcheck-tool-missing',
  summary: 'A health check that calls a program the image has not',
  why: 'Every probe fails with "executable file not found", so a healthy service is called unhealthy, and what waits for it never starts.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#healthcheck',
    'https://docs.docker.com/dhi/core-concepts/distroless/',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG8', 'RUN11'],
  aliases: [],
  drill: 'honest-health',
  examples: { bad: 'bad-curl-in-slim', good: 'good-curl-installed' },
  service(service, report, project) {
    const test = ownTest(service);
    // Without a shell nothing in it runs: that is a fault of its own.
    if (!test || (test.test.form === 'shell' && service.image.shell === 'no')) return;
    const { software } = service.image;
    const reported = new Set<string>();
    for (const [index, command] of test.commands.entries()) {
      const { name, path } = programOf(command);
      if (name === undefined || reported.has(name) || builtins.has(name) || command.within.includes('function'))
        continue;
      const { presence, because } = software.has(path?.text.includes('/') ? path.text : name);
      if (presence !== 'no' || hasAlternative(test.commands, index, (other) => software.has(other).presence)) continue;
      // A mounted file may bring the program.
      if (service.mounts.some((mount) => mount.target.endsWith(`/${name}`))) continue;
      reported.add(name);
      report({
        at: command.words[0]?.span ?? test.span,
        message: `The health check of ${object(service, test.span)} calls ${name}, but ${because}`,
        confidence: leastSure('certain', service.image.facts?.confidence ?? 'certain'),
        fix: () => askWithOwnTool(service, project, test, askedBy(test)[0]),
      });
    }
  },
};

const builtins = new Set([
  'exit',
  'test',
  '[',
  '[[',
  'echo',
  'printf',
  'true',
  'false',
  ':',
  'cd',
  'set',
  'export',
  'read',
  'return',
  'kill',
  'eval',
  'exec',
  'command',
  'type',
  'wait',
  'trap',
  'local',
  'unset',
  'shift',
  'source',
  '.',
  'ulimit',
  'umask',
  'let',
  'hash',
  'time',
]);

/** `curl … || wget …`: with one of them there, the check can work. */
function hasAlternative(commands: readonly ShellCommand[], index: number, presence: (name: string) => string): boolean {
  const isThere = (command: ShellCommand | undefined) => {
    const name = command && programOf(command).name;
    return name !== undefined && !builtins.has(name) && presence(name) !== 'no';
  };
  const before = commands[index]?.joint === '||' && isThere(commands[index - 1]);
  const after = commands[index + 1]?.joint === '||' && isThere(commands[index + 1]);
  // `command -v curl && curl …`: asked first.
  return before || after || commands.some((command) => command.name === 'command' || command.name === 'which');
}
