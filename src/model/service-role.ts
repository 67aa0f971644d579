import type { ShellCommand } from '../read/shell/tree.ts';
import { effectiveCommand } from '../read/shell/wrappers.ts';
import type { Image } from './image/image.ts';
import type { Process, Role } from './service.ts';

export interface RoleClues {
  readonly name: string;
  readonly image: Image;
  readonly process: Process;
  readonly restart: string | undefined;
  readonly profiles: readonly string[];
  /** Some service waits for it to end (`service_completed_successfully`). */
  readonly awaited: boolean;
  readonly deployMode: string | undefined;
  readonly publishes: boolean;
}

// Asked in lower case: V8 needs three times as long to make a pattern ready that ignores case.
const oneShotNames =
  /(?:^|[-_.])(?:migrat(?:e|ion|ions|or)|seed(?:er)?|init|setup|bootstrap|job|provision(?:er)?|fixtures|createbuckets?|mc|db-?init|create-?(?:topics?|buckets?|db|database))(?:$|[-_.\d])/;
const oneShotWords = new Set([
  'migrate',
  'db:migrate',
  'db:seed',
  'collectstatic',
  'createsuperuser',
  'prisma',
  'alembic',
  'flyway',
  'liquibase',
  'knex',
  'seed',
  'typeorm',
  'sequelize',
  'goose',
  'dbmate',
  'sqitch',
]);
const workerWords =
  /(?:^|[-_.])(?:worker|celery|sidekiq|resque|queue|consumer|scheduler|cron|beat|horizon|rq|dramatiq|huey|bull)(?:$|[-_.\d])/;
const proxyNames =
  /(?:^|[-_.])(?:nginx|proxy|reverse-?proxy|traefik|haproxy|caddy|envoy|gateway|lb|load-?balancer|ingress)(?:$|[-_.\d])/;

/** What the service is for. A server unless something says otherwise: being wrong that way costs advice, not an outage. */
export function roleOf(clues: RoleClues): Role {
  const { image, process } = clues;
  const name = clues.name.toLowerCase();
  const kind = kindOf(clues, name);
  const keepsData =
    (['database', 'queue', 'search', 'cache'].includes(kind) &&
      (image.facts?.dataDir !== undefined || image.volumes.length > 0)) ||
    (image.facts?.dataDir !== undefined && image.facts.singleWriter === true && image.stage === undefined);
  const is = (runs: Role['runs'], because: string): Role => ({ runs, kind, keepsData, because });
  if (clues.awaited) return is('one-shot', 'another service waits for it to complete');
  if (clues.deployMode === 'replicated-job' || clues.deployMode === 'global-job')
    return is('one-shot', 'it is deployed as a job');
  if (clues.profiles.length > 0 && clues.restart === undefined && !clues.publishes)
    return is('tool', 'it runs only with a profile');
  if (image.facts?.oneShot && !image.stage) return is('one-shot', `${image.facts.image} does one thing and ends`);
  const main = mainCommand(process.commands);
  const words = main?.words.map((word) => word.text) ?? [];
  const never = clues.restart === undefined || clues.restart === 'no' || clues.restart.startsWith('on-failure');
  if (
    never &&
    words.some((word) => oneShotWords.has(word.split('/').at(-1) ?? word)) &&
    !words.some((word) => /serve|server|start|run(?:server)?$/.test(word))
  )
    return is('one-shot', `its command is ${words.slice(0, 3).join(' ')}`);
  if (never && /^(?:npm|yarn|pnpm|bun)$/.test(main?.name ?? '') && /^(?:run )?test\b/.test(words.slice(1, 3).join(' ')))
    return is('one-shot', 'its command runs tests');
  if (never && oneShotNames.test(name) && !clues.publishes)
    return is('one-shot', 'its name says so, and nothing restarts it');
  if (
    never &&
    main &&
    isBrief(main.name) &&
    // `node server.js; echo gone` is there for the server.
    process.commands.every((one) => one === main.command || isBrief(effectiveCommand(one).name) || isShell(one.name)) &&
    !clues.publishes &&
    image.stage === undefined
  )
    return is('one-shot', `its command is ${main.name}`);
  return is('server', 'nothing says that it ends by itself');
}

/** Programs that do something and end. */
const isBrief = (name: string | undefined): boolean =>
  ['echo', 'true', 'sleep', 'ls', 'cat', 'env', 'pytest', 'jest', 'tox'].includes(name ?? '');

const isShell = (name: string | undefined): boolean => /^(?:[bd]?a)?sh$/.test(name ?? '');

function kindOf(clues: RoleClues, name: string): Role['kind'] {
  const factual = clues.image.facts?.kind;
  const built = clues.image.stage !== undefined;
  switch (factual) {
    case 'database':
    case 'cache':
    case 'queue':
    case 'search':
    case 'proxy':
    case 'monitoring':
      return factual;
    case 'web':
      return proxyNames.test(name) || clues.image.facts?.image.startsWith('nginx') ? 'proxy' : 'app';
    case 'language':
    case 'base':
    case 'app':
      return workerWords.test(name) ? 'worker' : proxyNames.test(name) && !built ? 'proxy' : 'app';
    default:
      if (workerWords.test(name)) return 'worker';
      if (proxyNames.test(name)) return 'proxy';
      return built ? 'app' : 'unknown';
  }
}

/** The program that does the work: behind `tini --`, `docker-entrypoint.sh`, `sh -c`. */
export function mainCommand(
  commands: readonly ShellCommand[],
): { name: string | undefined; words: ShellCommand['words']; command: ShellCommand } | undefined {
  const command = commands.findLast((one) => one.within.length === 0) ?? commands[0];
  if (!command) return undefined;
  let { name, words } = effectiveCommand(command);
  // `docker-entrypoint.sh postgres`, `/entrypoint.sh gunicorn …`: entrypoint scripts end in exec "$@".
  while (name !== undefined && /entrypoint|\.sh$/.test(name) && words.length > 1) {
    const rest = { ...command, words: words.slice(1), name: baseName(words[1]?.text ?? '') };
    ({ name, words } = effectiveCommand(rest));
  }
  return { name, words, command };
}

function baseName(path: string): string | undefined {
  return path.slice(path.lastIndexOf('/') + 1) || undefined;
}
