import { type BuildOptions, buildDockerfile } from '../../src/model/dockerfile/build-dockerfile.ts';
import type { Dockerfile, Stage, Step } from '../../src/model/dockerfile/dockerfile.ts';
import type { Image } from '../../src/model/image/image.ts';
import { imageOfStage } from '../../src/model/image/image-of.ts';
import type { Project } from '../../src/model/project.ts';
import { type ProjectOptions, readProject } from '../../src/model/read-project.ts';
import type { Service } from '../../src/model/service.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';
import { SourceText } from '../../src/read/text.ts';
import type { Span } from '../../src/vocabulary/span.ts';

/** A Dockerfile as a build with these options reads it. */
export function built(text: string, options: BuildOptions = {}): Dockerfile {
  return buildDockerfile(new SourceText('Dockerfile', text), options);
}

export function target(text: string, options: BuildOptions = {}): Stage {
  const stage = built(text, options).target;
  if (!stage) throw new Error('the Dockerfile has no such stage');
  return stage;
}

export function image(text: string, options: BuildOptions = {}): Image {
  return imageOfStage(target(text, options));
}

/** The stage's step of this number, RUN and all others counted. */
export function step(text: string, index: number, options: BuildOptions = {}): Step {
  const found = target(text, options).steps.at(index);
  if (!found) throw new Error(`no step ${index}`);
  return found;
}

export function args(values: Readonly<Record<string, string | undefined>>): BuildOptions {
  return { arguments: new Map(Object.entries(values)) };
}

export function project(files: Readonly<Record<string, string>>, options: Partial<ProjectOptions> = {}): Project {
  return readProject(memoryFiles({ ...files }), { today: '2026-11-21', ...options });
}

/** The service of this name in a Compose file of these services, or in a whole project. */
export function service(
  files: string | Readonly<Record<string, string>>,
  name: string,
  options: Partial<ProjectOptions> = {},
): Service {
  const all = typeof files === 'string' ? { 'compose.yaml': `services:\n${files}` } : files;
  const found = project(all, options).services.find((one) => one.name === name);
  if (!found) throw new Error(`no service ${name}`);
  return found;
}

/** The text a span covers, in texts by path. */
export function textAt(span: Span | undefined, files: Readonly<Record<string, string>>): string | undefined {
  return span && files[span.file]?.slice(span.start, span.end);
}
