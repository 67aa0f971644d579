import { leftBecause } from '../../edit/change.ts';
import type { BuildContext } from '../../model/build-context.ts';
import type { Dockerfile, Stage, Step } from '../../model/dockerfile/dockerfile.ts';
import type { Project } from '../../model/project.ts';
import type { Service } from '../../model/service.ts';
import { mainCommand } from '../../model/service-role.ts';
import type { ShellCommand } from '../../read/shell/tree.ts';
import type { LeftToPerson } from '../../vocabulary/fix.ts';

/** A Dockerfile of one stage whose every line is understood, and what runs in the end. */
export interface Understood {
  readonly dockerfile: Dockerfile;
  readonly stage: Stage;
  readonly context: BuildContext;
  /** What builds it, or the one that stands for it where nothing does. */
  readonly services: readonly Service[];
  readonly workdir: string;
  readonly main: ShellCommand;
}

const known =
  /^(?:WORKDIR|COPY|ADD|RUN|ENV|ARG|EXPOSE|CMD|ENTRYPOINT|USER|HEALTHCHECK|LABEL|STOPSIGNAL|VOLUME|MAINTAINER)$/;

/** Only a file that is understood whole is split: what the second stage would lack, nobody would miss until it runs. */
export function understood(dockerfile: Dockerfile, project: Project): Understood | LeftToPerson {
  const { stages } = dockerfile;
  const [stage] = stages;
  if (!stage || stages.length !== 1) return leftBecause('it has several stages already, which only you can tell apart');
  if (project.inline.has(dockerfile.file)) return leftBecause('its Dockerfile stands inside the Compose file');
  if (!stage.from.reference || stage.from.written.includes('$')) return leftBecause('a variable names its base image');
  if (stage.name !== undefined) return leftBecause('its only stage has a name, which builds may ask for');
  const strange = stage.steps.find(({ instruction }) => !known.test(instruction.keyword));
  if (strange)
    return leftBecause(`${strange.instruction.keyword} is in it, and what that does to two stages is not known`);
  const isUnread = stage.steps.some(({ instruction, certain }) => instruction.keyword === 'RUN' && !certain);
  if (isUnread) return leftBecause('one of its RUN lines cannot be read whole');
  const remote = stage.steps.find(
    ({ instruction }) =>
      (instruction.keyword === 'ADD' &&
        instruction.words.some(({ text }) => /^(?:https?|git|ssh):|^git@/.test(text))) ||
      (instruction.keyword === 'COPY' && instruction.flags.some(({ name }) => name === 'from')),
  );
  if (remote) return leftBecause('files come from elsewhere than the project, and what needs them is not known');
  const context = project.contextOf(dockerfile);
  if (!context || context.top().length < 2)
    return leftBecause('the source is not at hand, so what the program needs is not known');
  const services = project.services.filter(({ image }) => image.stage?.dockerfile.file === dockerfile.file);
  const own = stage.steps.some(({ instruction }) => /^(?:CMD|ENTRYPOINT)$/.test(instruction.keyword));
  if (!own || services.length === 0)
    return leftBecause('it has no command of its own, so it may be an image to build with');
  for (const service of services) {
    const why = obstacleIn(service);
    if (why !== undefined) return leftBecause(why);
  }
  const start = mainCommand(services[0]?.process.commands ?? []);
  if (!start) return leftBecause('what it starts is not known');
  const main = { ...start.command, words: start.words };
  const workdir = stage.steps.filter(({ instruction }) => instruction.keyword === 'WORKDIR').at(-1);
  const directory = workdir && workdirBehind(stage, workdir);
  return { dockerfile, stage, context, services, main, workdir: directory ?? '/' };
}

function workdirBehind(stage: Stage, step: Step): string | undefined {
  const next = stage.steps[step.index + 1];
  return next?.workdir?.value.replace(/(?<=.)\/$/, '');
}

function obstacleIn({ compose, attribute, name, mounts, build }: Service): string | undefined {
  if (!compose) return undefined;
  if (attribute('command') !== undefined || attribute('entrypoint') !== undefined)
    return `"${name}" starts it with a command of its own`;
  if (build?.target) return `"${name}" asks for one of its stages`;
  if (mounts.some(({ type }) => type === 'bind')) return `"${name}" mounts files of the host into it`;
  return undefined;
}

/** The command line as the exec form of CMD: where no shell is needed to read it. */
export function asExec({ words, assignments, redirects }: ShellCommand): string[] | undefined {
  if (
    assignments.length > 0 ||
    redirects.length > 0 ||
    words.some(({ literal, quoted, text }) => !literal || (!quoted && /[*?[~]/.test(text)))
  )
    return undefined;
  return words.map(({ text }) => text);
}

/** A path as it is in a directory of the image. */
export function inside(directory: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Settles what only says how the image is run: the stage that runs has it. */
export const describesRun = /^(?:EXPOSE|CMD|ENTRYPOINT|HEALTHCHECK|STOPSIGNAL|VOLUME|LABEL|MAINTAINER)$/;
