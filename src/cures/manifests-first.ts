import { fixOf, leftBecause } from '../edit/change.ts';
import { insertAfter, keywordAs, lineEndOf } from '../edit/dockerfile.ts';
import type { BuildContext } from '../model/build-context.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import { type LanguageCommand, languageCommand } from '../model/image/language-packages.ts';
import { packageCommand } from '../model/image/package-commands.ts';
import type { Project } from '../model/project.ts';
import type { Cure, Edit } from '../vocabulary/fix.ts';
import { manifestFiles } from './manifest-files.ts';
import { inside } from './split/understood.ts';

/**
 * Manifests first, then the packages, then the source: a changed source no longer installs all packages again
 * (https://docs.docker.com/build/cache/optimize/#order-your-layers).
 */
export function manifestsFirst(source: Step, install: Step, run: LanguageCommand, project: Project): Cure {
  const { dockerfile } = source.stage;
  const context = project.contextOf(dockerfile);
  if (!context || context.top().length < 2) return leftBecause('what lies beside the Dockerfile is not known');
  const obstacle = obstacleBetween(source, install, run);
  if (obstacle !== undefined) return leftBecause(obstacle);
  const files = manifestFiles(run, context);
  if ('left' in files) return files;
  const { names, folders = [] } = files;
  const hidden = [...names, ...folders].find((name) => context.ignores(name));
  if (hidden !== undefined) return leftBecause(`the ignore file keeps ${hidden} out`);
  const safe = isSafe(run, context);
  return fixOf(
    {
      title: `Install packages before the source is copied: ${[...names, ...folders].join(', ')} first`,
      safety: safe ? 'safe' : 'review',
      ...(safe
        ? {}
        : {
            provedBy: 'boot-time',
            note: 'packages in the checkout would now overwrite those installed: keep them out by .dockerignore',
          }),
    },
    { edits: reordered(source, install, run, names, folders), sets: [] },
  );
}

/** A copy that comes after the installation must not bring packages of its own. */
function isSafe({ manager }: LanguageCommand, context: BuildContext): boolean {
  if (/^(?:npm|yarn|pnpm|bun)$/.test(manager)) return context.ignores('node_modules');
  return /^(?:pip|pipenv|go|uv|poetry)$/.test(manager);
}

/** The copy of everything, comments and all, moves behind the installation; a copy of the manifests takes its place. */
function reordered(
  source: Step,
  install: Step,
  run: LanguageCommand,
  names: readonly string[],
  folders: readonly string[],
): Edit[] {
  const { dockerfile } = source.stage;
  const { instruction } = source;
  const { text } = dockerfile.tree;
  const eol = lineEndOf(dockerfile);
  const start = Math.min(instruction.span.start, ...instruction.comments.map(({ span }) => span.start));
  const whole = text.slice(start, instruction.span.end);
  const flags = instruction.flags.map(({ span }) => `${text.slice(span.start, span.end)} `).join('');
  const written = instruction.words.at(-1)?.text ?? '.';
  const to = /^\.?\/?$/.test(written) ? './' : `${written.replace(/\/$/, '')}/`;
  const copy = `${keywordAs(dockerfile, 'COPY')} ${flags}`;
  const manifests = [
    ...(names.length > 0 ? [`${copy}${names.join(' ')} ${to}`] : []),
    // A folder's contents are copied, not the folder itself.
    ...folders.map((folder) => `${copy}${folder} ${to}${folder}/`),
  ];
  const isSpaced = /\r?\n[ \t]*\r?\n[ \t]*$/.test(text.slice(0, start)) ? eol : '';
  const span = { ...instruction.span, start };
  if (run.manager === 'go' && run.verb === 'build') {
    const lines = [...manifests, `${keywordAs(dockerfile, 'RUN')} go mod download`];
    return [{ span: { ...span, end: start }, text: lines.map((line) => `${line}${eol}${isSpaced}`).join('') }];
  }
  return [{ span, text: manifests.join(eol) }, insertAfter(dockerfile, install.instruction, [`${isSpaced}${whole}`])];
}

/** What stands between the two lines must be fine without the source. */
function obstacleBetween(source: Step, install: Step, run: LanguageCommand): string | undefined {
  if (source.stage !== install.stage) return 'the packages are installed in another stage';
  if (source.instruction.keyword !== 'COPY') return 'ADD may unpack what it copies';
  if (source.instruction.words.length !== 2) return 'more than the whole directory is copied in one line';
  const to = inside(source.workdir?.value ?? '', source.instruction.words[1]?.text ?? '');
  const at = install.workdir?.value;
  if (source.workdir === undefined || at === undefined || inside('/', at) !== to)
    return 'the packages are installed in another directory than the source is copied to';
  const between = source.stage.steps.slice(source.index + 1, install.index);
  const other = between.find(
    ({ instruction }) => !/^(?:ENV|ARG|EXPOSE|LABEL|WORKDIR|VOLUME|USER)$/.test(instruction.keyword),
  );
  if (other && !(run.manager === 'go' && run.verb === 'build')) return 'lines between the two may need the source';
  if (run.manager === 'go' && run.verb === 'build') return undefined;
  if (!install.certain || install.instruction.form === 'exec') return 'its line cannot be read whole';
  if (install.instruction.comments.some(({ span }) => span.start > install.instruction.span.start)) return undefined;
  for (const command of install.commands) {
    if (command.words.length === 0) continue;
    const language = languageCommand(command);
    if (language === run || language?.command === run.command || packageCommand(command)) continue;
    const isTool =
      language &&
      (/^(?:config|cache|set)/.test(language.verb) ||
        (language.manager === 'pip' &&
          !language.options.flags.has('-e') &&
          language.operands.every(({ text }) => /^[\w[\]=.<>~!-]+$/.test(text) && text !== '.')));
    if (isTool && !/^(?:run|build|test)/.test(language.verb)) continue;
    if (/^(?:corepack|rm|true|echo|set|mkdir)$/.test(command.name ?? '')) continue;
    return `the line that installs packages also calls ${command.name ?? 'other programs'}, which may need the source`;
  }
  return undefined;
}
