import type { Project } from '../../model/project.ts';
import type { Service } from '../../model/service.ts';
import { withoutEndSlashes } from '../../vocabulary/path-end.ts';
import { inOverride, isForDevelopment } from '../development-files.ts';
import type { Rule } from '../rule.ts';

export const sourceBindMount: Rule = {
  id: 'project/source-bind-mount',
  summary: 'An image whose app is covered by files of the host',
  why: 'What runs is whatever lies on that host, not what was built and tested: a git pull changes production, and on another host the directory is empty.',
  sources: [
    'https://docs.docker.com/compose/how-tos/production/',
    'https://docs.docker.com/engine/storage/bind-mounts/#bind-mounting-over-existing-data',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN17'],
  aliases: [],
  byHand: 'only you know whether this file is for development',
  examples: { bad: 'bad-source', good: 'good-named-volume' },
  service(service, report, project) {
    if (!service.image.stage || service.role.runs === 'tool' || isForDevelopment(service)) return;
    for (const mount of service.mounts) {
      const { source } = mount;
      if (mount.type !== 'bind' || source === undefined || source.startsWith('/') || source.startsWith('~')) continue;
      const kind = project.files.kind(source);
      // Data, configuration and sockets are mounted too; only a directory over the app itself is meant.
      if (kind === 'file' || kind === 'other') continue;
      if (!coversApp(service, mount.target) && !coversSource(service, project, source, mount.target)) continue;
      report({
        at: mount.span,
        ...inOverride(mount.span),
        message: `"${service.name}" runs the files of ${source === project.directory ? 'the project directory' : source} instead of those in its image`,
      });
    }
  },
};

/** The target is the directory the app runs in, or one that the Dockerfile copies the source to. */
function coversApp(service: Service, target: string): boolean {
  const path = withoutEndSlashes(target);
  if (path === '') return false;
  const workdir = service.workdir?.value;
  if (workdir !== undefined && workdir !== '/' && (workdir === path || workdir.startsWith(`${path}/`))) return true;
  return service.image.files.some(
    (effect) =>
      (effect.kind === 'copy' || effect.kind === 'add') &&
      effect.fromStage === undefined &&
      effect.path === path &&
      effect.source !== undefined &&
      /^(?:\.\/?|\/|(?:\.\/)?(?:src|app|source|code|lib|server|backend|frontend|web)\/?)$/.test(effect.source),
  );
}

const sourceFolder = /^(?:src|app|source|code|lib|server|backend|frontend|web)$/;

/** The very folder of source that the Dockerfile copied there, as a part of more: `./api/src:/code/src` over `COPY . /code`. */
function coversSource(service: Service, project: Project, source: string, target: string): boolean {
  const dockerfile = service.build?.dockerfile;
  const context = dockerfile && project.contextOf(dockerfile)?.directory;
  const path = withoutEndSlashes(target);
  if (context === undefined || !sourceFolder.test(path.split('/').at(-1) ?? '')) return false;
  return service.image.files.some((effect) => {
    if ((effect.kind !== 'copy' && effect.kind !== 'add') || effect.fromStage !== undefined) return false;
    const folder = withoutEndSlashes(effect.path);
    if (effect.source === undefined || !path.startsWith(`${folder}/`)) return false;
    return joined(context, effect.source, path.slice(folder.length + 1)) === joined(source);
  });
}

/** Compared, not opened: a path with `..` in it equals none. */
function joined(...paths: readonly string[]): string {
  return paths
    .flatMap((path) => path.split('/'))
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}
