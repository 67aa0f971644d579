import { fixOf, leftBecause } from '../../edit/change.ts';
import { keywordAs } from '../../edit/dockerfile.ts';
import type { BuildContext } from '../../model/build-context.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { type LanguageCommand, languageCommand } from '../../model/image/language-packages.ts';
import type { Project } from '../../model/project.ts';
import type { Cure } from '../../vocabulary/fix.ts';
import { goSource } from './go-source.ts';
import { inTwoStages } from './two-stages.ts';
import { asExec, describesRun, inside, type Understood, understood } from './understood.ts';

/**
 * About 2 MB: certificates, time zones, users, and no shell; uid 65532. Its Debian 12 flavour ended in September 2026
 * (https://github.com/GoogleContainerTools/distroless/blob/main/base/README.md).
 */
const runtime = 'gcr.io/distroless/static-debian13:nonroot';

/** A Go program needs nothing of what built it: its binary alone goes into an image of 2 MB. */
export function splitGo(dockerfile: Understood['dockerfile'], project: Project): Cure {
  const known = understood(dockerfile, project);
  if ('left' in known) return known;
  const { stage, context, main, services, workdir } = known;
  const build = builtProgram(known);
  if ('left' in build) return build;
  const exec = asExec(main);
  const isStarted = exec && isProgram(exec[0] ?? '', workdir, build.path);
  if (!exec || !isStarted) return leftBecause('what it starts is not the program that "go build" makes');
  const entry = stage.steps.filter(({ instruction }) => /^(?:CMD|ENTRYPOINT)$/.test(instruction.keyword));
  if (entry.some(({ instruction }) => instruction.form === 'shell'))
    return leftBecause('its command needs a shell, which the small image has not: write it in exec form first');
  const source = goSource(context);
  if ('left' in source) return source;
  const tool = services.flatMap(({ healthcheck }) => (healthcheck.kind === 'test' ? healthcheck.commands : []))[0];
  if (tool && !isProgram(tool.words[0]?.text ?? '', workdir, build.path))
    return leftBecause(`its health check calls ${tool.name ?? 'a tool'}, which the small image has not`);
  if (services.some(({ mounts }) => mounts.some(({ readOnly, type }) => type === 'volume' && !readOnly)))
    return leftBecause('it writes to a volume, which belongs to root by now');
  if (
    services.some(
      ({ compose, user }) => compose && user?.from.kind === 'file' && user.from.span.file !== dockerfile.file,
    )
  )
    return leftBecause('Compose names a user, which the small image may not have');
  const { data } = source;
  if (data.length > 0 && !isCopiedWhole(known))
    return leftBecause(`where the image has ${data[0]}, which it may read, is not known`);
  const copy = keywordAs(dockerfile, 'COPY');
  const from = (name: string) => `${copy} --from=build ${inside(workdir, name)} ${inside(workdir, name)}`;
  const withoutC =
    build.command.command.assignments.some(({ name }) => name === 'CGO_ENABLED') ||
    hasSetting(stage.steps, 'CGO_ENABLED');
  return fixOf(
    {
      title: 'Build in one stage, run the program alone in another',
      safety: 'review',
      provedBy: 'boot-time',
      note: 'the small image has no shell, and runs as uid 65532',
      rewrites: true,
    },
    inTwoStages(dockerfile, {
      place: (step) => placeOf(step),
      edits: withoutC ? [] : [{ span: startOf(build.command), text: 'CGO_ENABLED=0 ' }],
      runtime,
      copies: [`${copy} --from=build ${build.path} ${placeInSmall(exec[0] ?? '', build.path)}`, ...data.map(from)],
    }),
  );
}

function placeOf({ instruction }: Step): 'build' | 'run' | 'both' {
  const { keyword, pairs } = instruction;
  if (keyword === 'ENV') {
    if (pairs.every(({ key }) => /^(?:GO\w*|CGO_\w+|PATH|DEBIAN_FRONTEND)$/.test(key))) return 'build';
    return 'both';
  }
  if (keyword === 'WORKDIR') return 'both';
  return describesRun.test(keyword) ? 'run' : 'build';
}

function startOf({ command }: LanguageCommand) {
  const start = command.words[0]?.span ?? command.span;
  return { ...start, end: start.start };
}

function hasSetting(steps: readonly Step[], name: string): boolean {
  return steps.some(
    ({ instruction }) => instruction.keyword === 'ENV' && instruction.pairs.some(({ key }) => key === name),
  );
}

/** The one program that the stage builds, and where it lies. */
function builtProgram(
  known: Understood,
): { readonly path: string; readonly command: LanguageCommand } | { readonly left: string } {
  const { stage, context } = known;
  const builds = stage.steps.flatMap((step) =>
    step.instruction.keyword !== 'RUN' || step.instruction.form === 'exec'
      ? []
      : step.commands.flatMap((command) => {
          const run = languageCommand(command);
          return run?.manager === 'go' && /^(?:build|install)$/.test(run.verb) ? [{ run, step }] : [];
        }),
  );
  const [only, more] = builds;
  if (!only) return leftBecause('no line of it builds a program with "go build"');
  if (more) return leftBecause('it builds several programs');
  const { run, step } = only;
  const moves = step.commands.some(({ name }) => name === 'cd' || name === 'pushd');
  const directory = step.workdir?.value;
  if (moves || !directory?.startsWith('/')) return leftBecause('where "go build" puts the program is not known');
  if (step.commands.some(({ name }) => name === 'mv' || name === 'upx'))
    return leftBecause('what it builds is moved or changed');
  const option = run.options.flags.get('-o');
  const out = option === undefined || option === true ? undefined : option;
  if (run.verb === 'build' && out) {
    if (!out.literal || out.text.endsWith('/')) return leftBecause('where "go build" puts the program is not known');
    return { path: inside(directory, out.text), command: run };
  }
  const name = programName(run, context);
  if (name === undefined) return leftBecause('what "go build" calls the program is not known');
  return { path: run.verb === 'install' ? `/go/bin/${name}` : inside(directory, name), command: run };
}

/** Named for the last part of its package's path, versions like `/v2` left out (`go help build`). */
function programName({ operands }: LanguageCommand, context: BuildContext): string | undefined {
  const target = operands.at(-1)?.text ?? '.';
  if (operands.length > 1 || /\.\.\./.test(target)) return undefined;
  if (target.endsWith('.go')) return target.split('/').at(-1)?.replace(/\.go$/, '');
  const package_ = target.replace(/^\.\/?/, '').replace(/\/$/, '');
  if (package_ !== '') return package_.split('/').at(-1);
  const module = /^\s*module\s+"?([^\s"]+)/m.exec(context.text('go.mod') ?? '')?.[1];
  return module
    ?.replace(/\/v\d+$/, '')
    .split('/')
    .at(-1);
}

const inPath = /^(?:\/go\/bin|\/usr\/local\/go\/bin|(?:\/usr(?:\/local)?)?\/s?bin)\/[^/]+$/;
const inSmallPath = /^(?:\/usr(?:\/local)?)?\/s?bin\/[^/]+$/;

/** A program by its name alone is looked for in PATH, where the Go image has `/go/bin`. */
function isProgram(word: string, workdir: string, path: string): boolean {
  return word.includes('/') ? inside(workdir, word) === path : inPath.test(path) && path.endsWith(`/${word}`);
}

/** Where it stays findable: the small image has no `/go/bin` in its PATH. */
function placeInSmall(word: string, path: string): string {
  return word.includes('/') || inSmallPath.test(path) ? path : `/usr/local/bin/${word}`;
}

/** The whole context was copied to where the program starts, so its files lie beside it. */
function isCopiedWhole({ stage, workdir }: Understood): boolean {
  return stage.steps.some(
    ({ instruction, workdir: at }) =>
      /^(?:COPY|ADD)$/.test(instruction.keyword) &&
      /^\.?\/?$/.test(instruction.words[0]?.text ?? '') &&
      inside(at?.value ?? '/', instruction.words.at(-1)?.text ?? '') === workdir,
  );
}
