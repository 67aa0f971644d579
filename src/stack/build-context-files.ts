import type { BuildContext } from '../model/build-context.ts';
import type { Project } from '../model/project.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import { planName } from './service-name.ts';

/** One entry of a build context, as an archive has it. */
export interface ContextFile {
  /** Relative to the context. */
  readonly name: string;
  /** Absolute, on this machine. */
  readonly path: string;
}

/**
 * What the build of a service is sent, by the name of the service: all of the context but what its ignore file keeps
 * out. The Dockerfile is sent in any case: without a session of BuildKit's the engine reads it from the context. So
 * `COPY .` brings it along even where the ignore file names it; with docker build it would not. Throws `too-large` where a walk would take minutes.
 */
export function contextFilesOf(project: Project): (service: string) => Iterable<ContextFile> {
  return function* (name) {
    const service = project.services.find((one) => planName(one) === name);
    const dockerfile = service?.build?.dockerfile;
    const context = dockerfile && project.contextOf(dockerfile);
    if (!context) return;
    const { files } = project;
    const directory = context.directory === '.' ? files.root : `${files.root}/${context.directory}`;
    const root = context.directory.startsWith('/') ? context.directory : directory;
    const always = new Set(ownPaths(context, dockerfile.file));
    const walk = context.walk();
    for (const { path } of walk) {
      always.delete(path);
      yield { name: path, path: `${root}/${path}` };
    }
    if (walk.stopped)
      throw new SeaworthyError('too-large', `The build context of "${name}" has more entries than can be walked`, {
        hint: 'Keep out what the build does not need, by a .dockerignore.',
      });
    for (const path of always) if (context.kind(path) === 'file') yield { name: path, path: `${root}/${path}` };
  };
}

/** The Dockerfile as the context calls it, where it lies in it. */
function ownPaths({ directory }: BuildContext, dockerfile: string): string[] {
  if (directory === '.') return [dockerfile];
  return dockerfile.startsWith(`${directory}/`) ? [dockerfile.slice(directory.length + 1)] : [];
}
