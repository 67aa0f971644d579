import { languageCommand } from '../../../model/image/language-packages.ts';
import { packageCommand } from '../../../model/image/package-commands.ts';
import type { Service } from '../../../model/service.ts';
import { baseName } from '../../../read/paths.ts';
import { type Answer, notAsked, staysOpen, weigh } from './answer.ts';
import { mountedSource } from './codebase.ts';
import { ask, composed, type Look, part, servers } from './look.ts';
import { namesVersion } from './versions.ts';
/** Built once, released by a version, and only run. */
export function buildReleaseRun(look: Look): Answer {
  const all = composed(look);
  return weigh(
    ask(all, (service) => {
      if (!service.build || service.role.runs === 'tool') return undefined;
      const { imageName } = service;
      const mount = mountedSource(look, service);
      if (mount) return mount;
      if (!imageName?.reference)
        return part(
          look,
          'fail',
          service,
          ['has no image name with a version', 'have no image names with a version'],
          service.at('build'),
        );
      if (!namesVersion(imageName.reference))
        return part(look, 'fail', service, `: ${imageName.value} names no version`, imageName.span);
      const late = service.role.runs === 'server' ? lateWork(service) : undefined;
      if (late)
        return part(look, 'fail', service, `: its start command does ${late.what}`, late.at ?? service.nameSpan);
      return part(
        look,
        'pass',
        service,
        ['is released by a version and only run', 'are released by a version and only run'],
        imageName.span,
      );
    }),
    all.length === 0 ? 'there is no Compose file' : 'no image is built here',
  );
}

/** What belongs before the start: installing, compiling, migrating. */
function lateWork(service: Service) {
  for (const command of service.process.commands) {
    const run = languageCommand(command);
    const words = command.words.map(({ text }) => text);
    if (packageCommand(command)?.verb === 'install') return { what: 'an installation', at: command.span };
    if (run && /^(?:ci|install|i|sync|pip install|mod download|restore)$/.test(run.verb))
      return { what: 'an installation', at: command.span };
    if (/^(?:npm|yarn|pnpm|bun)$/.test(command.name ?? '') && words.slice(1, 3).some((word) => /^build\b/.test(word)))
      return { what: 'a build', at: command.span };
    if (run && /^(?:build|publish|package)$/.test(run.verb) && run.manager !== 'npm')
      return { what: 'a build', at: command.span };
    if (isMigration(words) && service.process.commands.length > 1) return { what: 'a migration', at: command.span };
  }
  return undefined;
}

function isMigration(words: readonly string[]): boolean {
  if (words.some((word) => /^(?:sh|bash|ash|dash)$/.test(baseName(word)))) return false;
  return (
    words.some((word) =>
      /^(?:migrate|db:migrate|migrate:\w+|migration:run|migrations:migrate|flyway|liquibase)$/.test(word),
    ) ||
    (words[0] === 'alembic' && words.includes('upgrade'))
  );
}

/** Admin tasks run as one-offs of the same image. */
export function adminTasks(look: Look): Answer {
  const all = composed(look);
  const inStart = ask(servers(look.services), (service) => {
    const commands = service.process.commands;
    const migration =
      commands.length > 1 ? commands.find(({ words }) => isMigration(words.map(({ text }) => text))) : undefined;
    return (
      migration &&
      part(look, 'fail', service, ['migrates before each start', 'migrate before each start'], migration.span)
    );
  });
  if (inStart.length > 0) return weigh(inStart, '');
  const running = servers(all);
  const oneOffs = ask(all, (service) => {
    if (service.role.runs === 'server') return undefined;
    const twin = running.find((server) => sameImage(server, service));
    return twin && part(look, 'pass', service, `: a one-off of the image of ${twin.name}`, service.nameSpan);
  });
  if (oneOffs.length > 0) return weigh(oneOffs, '');
  return look.services.length === 0
    ? notAsked('there is no service')
    : staysOpen('no one-off of an image that runs is here; a person must say how admin tasks are done');
}

function sameImage(first: Service, second: Service): boolean {
  if (first.imageName && first.imageName.value === second.imageName?.value) return true;
  const [one, other] = [first.build?.dockerfile, second.build?.dockerfile];
  return one !== undefined && one.file === other?.file && one.target?.index === other.target?.index;
}
