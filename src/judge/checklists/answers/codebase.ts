import type { Service } from '../../../model/service.ts';
import { dirName, isWithin, joinPath } from '../../../read/paths.ts';
import { type Answer, type Part, weigh } from './answer.ts';
import { ask, built, type Look, part } from './look.ts';

const environments = /^(?:dev|develop|development|local|stag(?:e|ing)|uat|qa|prod|production|live)$/i;

/** One Dockerfile for all environments, and the image runs what was built. */
export function codebase(look: Look): Answer {
  const told = new Set<string>();
  return weigh(
    ask(built(look), (service) => {
      const { dockerfile } = service.build ?? {};
      if (!dockerfile) return undefined;
      const mount = mountedSource(look, service);
      if (mount) return mount;
      const directory = dirName(dockerfile.file.replace(/#[\s\S]*/, ''));
      const variants = look.project.files
        .list(directory)
        .map(({ name }) => name)
        .filter((name) =>
          environments.test(
            /^(?:Dockerfile|Containerfile)[._-](\w+)$/i.exec(name)?.[1] ??
              /^(\w+)\.(?:Dockerfile|Containerfile)$/i.exec(name)?.[1] ??
              '',
          ),
        );
      const plain = look.project.files.kind(joinPath(directory, 'Dockerfile')) === 'file' ? ['Dockerfile'] : [];
      const all = [...plain, ...variants];
      if (variants.length > 0 && all.length > 1) {
        if (told.has(directory)) return [];
        told.add(directory);
        return {
          ...part(look, 'fail', service, `: ${all.join(' and ')} build a different image for each environment`),
          at: `${joinPath(directory, variants[0] ?? '')}:1`,
        };
      }
      return part(
        look,
        'pass',
        service,
        ['is built by one Dockerfile for all environments', 'are built by one Dockerfile for all environments'],
        service.image.stage?.from.span,
      );
    }),
    'no image is built here',
  );
}

/** A bind mount of the source over what the image holds: what runs is not what was built. */
export function mountedSource(look: Look, service: Service): Part | undefined {
  const context = service.build?.dockerfile?.context;
  const workdir = service.workdir?.value;
  const mount = service.mounts.find(({ type, source, target }) => {
    if (
      type !== 'bind' ||
      source === undefined ||
      context === undefined ||
      look.project.files.kind(source) !== 'directory'
    )
      return false;
    if (
      !isWithin(joinPath('.', source), joinPath('.', context)) &&
      !isWithin(joinPath('.', context), joinPath('.', source))
    )
      return false;
    return (
      target === workdir ||
      service.image.files.some(
        ({ kind, path }) =>
          (kind === 'copy' || kind === 'add') && (path === target || (path !== '/' && isWithin(target, path))),
      )
    );
  });
  return (
    mount &&
    part(
      look,
      'fail',
      service,
      ['has its source mounted over the image', 'have their source mounted over the image'],
      mount.span,
    )
  );
}
