import { askOverTcp, askWithOwnTool, wantPong } from '../../cures/mend-healthcheck.ts';
import { programOf, type ShellCommand } from '../../model/image/programs.ts';
import type { Project } from '../../model/project.ts';
import type { Service } from '../../model/service.ts';
import type { Confidence, Severity } from '../../vocabulary/severity.ts';
import { askedBy, isLocal, ownTest, type Test } from '../probe.ts';
import type { Rule } from '../rule.ts';
import { object } from '../subject.ts';

export const healthcheckFooled: Rule = {
  id: 'project/healthcheck-fooled',
  summary: 'A health check that is answered before the server can serve',
  why: 'On its first start a database runs a temporary server that answers such a probe; what waited for it connects, and is cut off when the real one starts.',
  sources: [
    'https://github.com/docker-library/mysql/issues/930',
    'https://www.postgresql.org/docs/current/app-pg-isready.html',
    'https://dev.mysql.com/doc/refman/8.4/en/mysqladmin.html',
    'https://redis.io/docs/latest/commands/ping/',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN11', 'IMG8'],
  aliases: [],
  drill: 'honest-health',
  examples: { bad: 'bad-pg-isready-socket', good: 'good-pg-isready-tcp' },
  service(service, report, project) {
    const test = ownTest(service);
    if (!test) return;
    // Somebody waits for this very answer: then the mistake bites on the first start.
    const awaited = project.services.some(({ dependsOn }) =>
      dependsOn.some((on) => on.service === service.name && on.condition === 'service_healthy'),
    );
    for (const command of test.commands) {
      const fault = judged(command, test, service);
      if (!fault) continue;
      const severity = fault.severity ?? (awaited ? 'medium' : 'low');
      const message = `The health check of ${object(service, test.span)} ${fault.says}`;
      report({
        at: command.words[0]?.span ?? test.span,
        message,
        severity,
        ...(fault.confidence ? { confidence: fault.confidence } : {}),
        fix: () =>
          /-cli$/.test(programOf(command).name ?? '')
            ? wantPong(service, project, test, command)
            : askOverTcp(service, project, test, command),
      });
    }
    phpFpm(service, project, test, report);
  },
};

interface Fault {
  readonly says: string;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
}

function judged(command: ShellCommand, test: Test, service: Service): Fault | undefined {
  const { name } = programOf(command);
  switch (name) {
    case 'pg_isready':
    case 'psql': {
      const { flags } = programOf(command).options([
        '-h',
        '--host',
        '-p',
        '--port',
        '-U',
        '-d',
        '-t',
        '-c',
        '--username',
        '--dbname',
      ]);
      const host = flags.get('-h') ?? flags.get('--host');
      const isSocket =
        host === undefined
          ? !hasVariable(service, 'PGHOST') && !hasUrl(command)
          : host !== true && host.text.startsWith('/');
      if (!isSocket || !isOwnServer(service, /postg|timescale|pgvector|citus/)) return undefined;
      return { says: `asks ${name} over the socket, which answers while the database is still being created` };
    }
    case 'mysqladmin':
    case 'mariadb-admin': {
      if (!isOwnServer(service, /mysql|mariadb|percona/)) return undefined;
      const { flags } = programOf(command).options([
        '-h',
        '--host',
        '-u',
        '--user',
        '-P',
        '--port',
        '--protocol',
        '-S',
      ]);
      const host = flags.get('-h') ?? flags.get('--host');
      const protocol = flags.get('--protocol');
      const byTcp = protocol && protocol !== true && /tcp/i.test(protocol.text);
      // To MySQL's programs `localhost` is the socket, not an address.
      if (byTcp || (host && host !== true && host.text !== 'localhost')) return undefined;
      return { says: `asks ${name} over the socket, which answers while the database is still being created` };
    }
    case 'redis-cli':
    case 'valkey-cli':
    case 'keydb-cli': {
      if (!command.words.some((word) => /^ping$/i.test(word.text))) return undefined;
      // With -e an error answer is an exit code (redis-cli 7).
      if (command.words.some((word) => word.text === '-e')) return undefined;
      if (test.commands.some((other) => other !== command && other.words.some((word) => /PONG/i.test(word.text))))
        return undefined;
      if (command.within.includes('substitution')) return undefined;
      return {
        says: `takes any answer of "${name} ping" for PONG: it exits 0 on LOADING and NOAUTH too`,
        severity: 'low',
      };
    }
    default:
      return undefined;
  }
}

/** The server is this very container, so the socket is its own. */
function isOwnServer(service: Service, name: RegExp): boolean {
  return name.test(service.image.facts?.image ?? service.image.base?.text ?? '') || service.role.kind === 'database';
}

function hasVariable(service: Service, name: string): boolean {
  return service.environment.has(name);
}

function hasUrl(command: ShellCommand): boolean {
  return command.words.some((word) => /^postgres(?:ql)?:\/\/|\bhost=/.test(word.text));
}

/** php-fpm speaks FastCGI: no HTTP client gets an answer. */
function phpFpm(
  service: Service,
  project: Project,
  test: Test,
  report: Parameters<NonNullable<Rule['service']>>[1],
): void {
  const main = service.process.commands.some(
    (command) =>
      /^php-fpm/.test(programOf(command).name ?? '') || command.words.some((word) => /^php-fpm[\d.]*$/.test(word.text)),
  );
  const alone = !service.image.software.packages.some(({ name }) => /nginx|apache|caddy/.test(name));
  if (!main || !alone) return;
  for (const { port, host, scheme, span } of askedBy(test))
    if (port === 9000 && isLocal(host) && scheme !== 'tcp')
      report({
        at: span,
        message: `The health check of ${object(service, test.span)} speaks HTTP to php-fpm, which speaks FastCGI`,
        severity: 'high',
        confidence: 'likely',
        fix: () => askWithOwnTool(service, project, test, undefined),
      });
}
