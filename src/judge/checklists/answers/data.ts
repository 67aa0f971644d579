import type { Service } from '../../../model/service.ts';
import { isWithin } from '../../../read/paths.ts';
import { listed } from '../../../rules/in-words.ts';
import { type Answer, notAsked, type Part, passes, staysOpen, weigh } from './answer.ts';
import { ask, composed, isStore, type Look, lineAt, nameOf, part, servers } from './look.ts';
import { filesNamed } from './papers.ts';

/** Directories of data lie on volumes that outlive the container. */
export function persistent(look: Look): Answer {
  return weigh(
    ask(composed(look), (service) => {
      const { facts, stage } = service.image;
      if (!facts)
        return stage || service.build
          ? undefined
          : part(
              look,
              'open',
              service,
              ': nothing is known of the image, so nothing says what it keeps',
              service.imageName?.span,
            );
      const directory = dataDirectory(service);
      if (directory === undefined) return undefined;
      const mount = service.mounts.find(({ target }) => isWithin(directory, target) || isWithin(target, directory));
      if (mount && mount.type !== 'tmpfs' && mount.source !== undefined)
        return part(look, 'pass', service, ['keeps its data on a volume', 'keep their data on volumes'], mount.span);
      if (keepsNothing(service))
        return part(
          look,
          'pass',
          service,
          ['is told to keep nothing', 'are told to keep nothing'],
          service.at('command'),
        );
      return part(
        look,
        'fail',
        service,
        `: ${directory} goes with the container`,
        mount?.span ?? service.at('volumes'),
      );
    }),
    composed(look).length > 0 ? 'no service here is known to keep data' : 'there is no Compose file',
  );
}

function dataDirectory(service: Service): string | undefined {
  const { facts } = service.image;
  if (facts?.dataDir === undefined) return undefined;
  const moved = service.environment.get('PGDATA')?.value;
  return facts.image === 'postgres' && moved?.startsWith('/') ? moved : facts.dataDir;
}

/** `redis-server --save "" --appendonly no` */
function keepsNothing(service: Service): boolean {
  const words = service.process.commands.flatMap((command) => command.words.map(({ text }) => text));
  const save = words.indexOf('--save');
  return save !== -1 && words[save + 1] === '' && !words.join(' ').includes('--appendonly yes');
}

function keepers(look: Look): Service[] {
  return composed(look).filter(
    (service) =>
      service.role.keepsData ||
      service.mounts.some(({ type, source, readOnly }) => type === 'volume' && source !== undefined && !readOnly),
  );
}

/** A script is no backup, and a backup is none until it was restored. */
export function backups(look: Look): Answer {
  if (composed(look).length === 0) return notAsked('there is no Compose file, so no volume');
  const keeping = keepers(look);
  const [first] = keeping;
  if (!first) return notAsked('no service keeps data');
  const script = filesNamed(look, /backup|restic|dump/i)[0];
  const service = composed(look).find((one) =>
    /backup|restic|borg|duplicity/i.test(`${one.name} ${one.imageName?.value ?? ''}`),
  );
  const seen = script ?? (service && `the service ${nameOf(service)}`);
  return staysOpen(
    `${listed(keeping.map(nameOf), 6)} ${keeping.length === 1 ? 'keeps' : 'keep'} data; ${seen ? `${seen} is there, but only` : 'only'} drill backup-restore proves it, and no drill has run`,
    script === undefined ? [] : [`${script}:1`],
  );
}

/** A user that is not root must own what it writes to. */
export function volumePermissions(look: Look): Answer {
  const mounted = composed(look).filter(({ mounts }) =>
    mounts.some(({ type, readOnly }) => type === 'volume' && !readOnly),
  );
  if (mounted.length === 0) return notAsked('no service writes to a volume');
  return weigh(
    ask(mounted, (service): Part => {
      const left = service.privilege === 'non-root' ? leftToRoot(service) : undefined;
      return left
        ? part(
            look,
            'fail',
            service,
            `: it does not run as root, and its image leaves ${left.target} to root`,
            left.span,
          )
        : part(
            look,
            'open',
            service,
            ': drill read-only-root proves that the volumes can be written to; no drill has run',
          );
    }),
    'no service writes to a volume',
  );
}

/** A new named volume takes its owner from the directory of the image that it is mounted on. */
function leftToRoot(service: Service) {
  const { files } = service.image;
  return service.mounts.find(({ type, readOnly, source, target }) => {
    if (type !== 'volume' || readOnly || source === undefined) return false;
    const made = files
      .filter(({ kind, path }) => path === target && (kind === 'create' || kind === 'copy' || kind === 'add'))
      .at(-1);
    if (!made || made.owner !== undefined || made.mode !== undefined) return false;
    // COPY leaves files to root, whatever USER says; RUN to whom it runs as.
    const maker = made.kind === 'create' ? made.step.user?.value : 'root';
    if (maker !== 'root' && maker !== '0') return false;
    return !files.some(({ kind, path }) => (kind === 'chown' || kind === 'chmod') && isWithin(target, path));
  });
}

/** What can write nowhere keeps no state in files; what it keeps in memory, only a replacement shows. */
export function stateless(look: Look): Answer {
  const apps = servers(look.services).filter(
    (service) => !isStore(service) && service.role.kind !== 'proxy' && service.role.kind !== 'monitoring',
  );
  if (apps.length === 0) return notAsked('there is no app here');
  const writing = apps.filter(
    (service) =>
      service.readOnly?.value !== true || service.mounts.some(({ readOnly, type }) => !readOnly && type !== 'tmpfs'),
  );
  if (writing.length === 0)
    return passes(
      `${listed(apps.map(nameOf), 6)}: a read-only root and no writable volume leave nowhere to keep state in files`,
      apps.flatMap((service) => (service.readOnly ? (lineAt(look, service.readOnly.span) ?? []) : [])),
    );
  return staysOpen(
    `${listed(writing.map(nameOf), 6)} can write to files; drill read-only-root proves the rest, and no drill has run`,
  );
}
