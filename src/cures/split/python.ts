import { fixOf, leftBecause } from '../../edit/change.ts';
import { keywordAs, lineEndOf } from '../../edit/dockerfile.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { type LanguageCommand, languageCommand } from '../../model/image/language-packages.ts';
import type { Project } from '../../model/project.ts';
import type { Cure } from '../../vocabulary/fix.ts';
import { manifestFiles } from '../manifest-files.ts';
import { isForApp, lineOutside, userAtEnd } from './line-outside.ts';
import { slimTag } from './slim-tag.ts';
import { inTwoStages } from './two-stages.ts';
import { describesRun, type Understood, understood } from './understood.ts';

const environment = '/opt/venv';
const programs = /^(?:python|python3|compileall|django-admin)$/;

/**
 * Packages that are compiled against, or call, what the full image has and the slim one has not; by their own
 * installation notes. Those that bring their libraries in wheels (`psycopg2-binary`, Pillow, lxml, numpy) are none.
 */
const needsSystem: ReadonlyMap<string, string> = new Map([
  ['psycopg2', 'libpq'],
  ['psycopg', 'libpq'],
  ['mysqlclient', 'libmariadb'],
  ['pycurl', 'libcurl'],
  ['python-magic', 'libmagic'],
  ['python-ldap', 'libldap'],
  ['pyodbc', 'unixODBC'],
  ['xmlsec', 'libxmlsec'],
  ['cairosvg', 'cairo'],
  ['weasyprint', 'pango'],
  ['wand', 'ImageMagick'],
  ['pdf2image', 'poppler'],
  ['pytesseract', 'tesseract'],
  ['gitpython', 'git'],
  ['opencv-python', 'libGL'],
  ['gdal', 'GDAL'],
  ['uwsgi', 'libraries that it was compiled against'],
  ['pymssql', 'FreeTDS'],
  ['pygraphviz', 'Graphviz'],
  ['ffmpeg-python', 'ffmpeg'],
  ['playwright', 'a browser'],
  ['selenium', 'a browser'],
]);

/** Python: a virtual environment that the full image fills, copied to the slim one. */
export function splitPython(dockerfile: Understood['dockerfile'], project: Project): Cure {
  const known = understood(dockerfile, project);
  if ('left' in known) return known;
  const { stage, workdir, main } = known;
  if (!/^\/[\w./-]*\w$/.test(workdir))
    return leftBecause('it works in the root directory, among the files of the system');
  const runtime = slimTag(stage.from.written, stage.from.reference?.tag);
  if (runtime === undefined || runtime === stage.from.written) return leftBecause('its base image is small already');
  if (/\.(?:sh|bash)$/.test(main.words[0]?.text ?? ''))
    return leftBecause('it starts with a script, and which programs that calls is not known');
  const installs = pipInstalls(stage.steps);
  const [first] = installs;
  if (!first) return leftBecause('no line of it installs packages with pip');
  const obstacle =
    lineOutside(known, programs) ??
    installs.map(({ run, step }) => obstacleIn(run, step, known)).find((why) => why !== undefined);
  if (obstacle !== undefined) return leftBecause(obstacle);
  const eol = lineEndOf(dockerfile);
  const path = `${keywordAs(dockerfile, 'ENV')} PATH=${environment}/bin:$PATH`;
  const { instruction } = first.step;
  const start = Math.min(instruction.span.start, ...instruction.comments.map(({ span }) => span.start));
  const venv = [`${keywordAs(dockerfile, 'RUN')} python -m venv ${environment}`, path];
  const copy = keywordAs(dockerfile, 'COPY');
  const owner = userAtEnd(stage.steps);
  const chown = owner === undefined ? '' : ` --chown=${owner}:${owner}`;
  return fixOf(
    {
      title: `Install into a virtual environment, run it in ${runtime}`,
      safety: 'review',
      provedBy: 'boot-time',
      note: 'the slim image lacks git, curl, compilers and many libraries: start it once and look',
      rewrites: true,
    },
    inTwoStages(dockerfile, {
      place: placeOf,
      edits: [{ span: { ...instruction.span, start, end: start }, text: venv.map((line) => line + eol).join('') }],
      runtime,
      copies: [
        path,
        `${copy} --from=build ${environment} ${environment}`,
        `${copy} --from=build${chown} ${workdir} ${workdir}`,
      ],
    }),
  );
}

function placeOf(step: Step): 'build' | 'run' | 'both' {
  const { instruction } = step;
  if (isForApp(step)) return 'run';
  if (/^(?:ENV|WORKDIR|USER)$/.test(instruction.keyword)) return 'both';
  return describesRun.test(instruction.keyword) ? 'run' : 'build';
}

function pipInstalls(steps: readonly Step[]) {
  return steps.flatMap((step) =>
    step.instruction.keyword !== 'RUN'
      ? []
      : step.commands.flatMap((command) => {
          const run = languageCommand(command);
          return run?.manager === 'pip' && run.verb === 'install' ? [{ run, step }] : [];
        }),
  );
}

function obstacleIn(run: LanguageCommand, step: Step, { context, stage }: Understood): string | undefined {
  const { flags } = run.options;
  const elsewhere = ['--user', '--target', '-t', '--prefix', '--root', '-e', '--editable'].find((name) =>
    flags.has(name),
  );
  if (elsewhere) return `pip is called with ${elsewhere}, which a virtual environment does not go with`;
  if (step.user && !/^(?:root|0)(?::|$)/.test(step.user.value))
    return 'packages are installed by another user than root';
  if (
    stage.steps.some(
      ({ instruction }) =>
        instruction.keyword === 'ENV' &&
        instruction.pairs.some(({ key }) => /^(?:VIRTUAL_ENV|PATH|PYTHONPATH|PYTHONUSERBASE)$/.test(key)),
    )
  )
    return 'it has search paths of its own';
  const names = run.operands.map(({ text }) => text);
  if (flags.has('-r') || flags.has('--requirement')) {
    const files = manifestFiles(run, context);
    if ('left' in files) return files.left;
    if (files.folders && files.folders.length > 0) return 'its requirements lie in a folder of their own';
    for (const file of files.names) names.push(...(context.text(file) ?? '').split(/\r?\n/));
  }
  for (const written of names) {
    if (/^\s*(?:git\+|\.{1,2}(?:\/|$)|\S+@\s*(?:git\+|file:))/.test(written))
      return 'it installs packages from elsewhere than an index';
    const name = /^\s*([\w.-]+)/.exec(written)?.[1]?.toLowerCase().replaceAll('_', '-') ?? '';
    const need = needsSystem.get(name);
    // `psycopg[binary]` brings its own.
    if (need !== undefined && !/\[[^\]]*binary/.test(written))
      return `${name} needs ${need}, which the slim image has not`;
  }
  return undefined;
}
