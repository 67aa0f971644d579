import type { Entry, Files } from '../../../read/files.ts';
import { joinPath } from '../../../read/paths.ts';
import { type Answer, fails, notAsked, staysOpen } from './answer.ts';
import { composed, type Look, lineAt } from './look.ts';

const folders = [
  '.',
  'scripts',
  'script',
  'bin',
  'ops',
  'deploy',
  'docs',
  'doc',
  'docker',
  '.github',
  '.github/workflows',
];
const largest = 300_000;

/** The directory of the Compose file, and the root. */
function homes(look: Look): string[] {
  return [...new Set([look.project.compose?.directory ?? '.', '.'])];
}

/** Paths of files whose name matches, in the folders where scripts and papers lie. */
export function filesNamed(look: Look, form: RegExp): string[] {
  return homes(look).flatMap((home) =>
    folders.flatMap((folder) => {
      const directory = joinPath(home, folder);
      return listed(look, directory)
        .filter(({ name, kind }) => kind === 'file' && form.test(name))
        .map(({ name }) => joinPath(directory, name));
    }),
  );
}

const lists = new WeakMap<Files, Map<string, readonly Entry[]>>();

/** A dozen items ask for the same dozen directories, most of which are not there. */
function listed({ project: { files } }: Look, directory: string): readonly Entry[] {
  const known = lists.get(files) ?? new Map<string, readonly Entry[]>();
  lists.set(files, known);
  const entries = known.get(directory) ?? files.list(directory);
  known.set(directory, entries);
  return entries;
}

function textOf(look: Look, path: string): string {
  const outcome = look.project.files.read(path);
  return outcome.ok ? outcome.text.slice(0, largest) : '';
}

/** A tool sees that there is a README, not that it is true. */
export function documentation(look: Look): Answer {
  const [readme] = homes(look)
    .flatMap((home) => look.project.files.list(home).map(({ name }) => joinPath(home, name)))
    .filter((path) => /(?:^|\/)readme(?:\.\w+)?$/i.test(path));
  return readme === undefined
    ? fails('there is no README')
    : staysOpen(`${readme} is there; whether it is true of this version, a person must say`, [`${readme}:1`]);
}

/** Headings, and lines that begin a step, that speak of something. */
function spokenOf(look: Look, words: RegExp): string | undefined {
  for (const path of filesNamed(
    look,
    /^(?:readme|runbook|operations?|deploy(?:ment|ing)?|release(?:s|-process)?|upgrad(?:e|ing)|maintenance)(?:\.\w+)?$/i,
  )) {
    const lines = textOf(look, path).split('\n');
    const at = lines.findIndex((line) => /^\s*(?:#{1,6}|=+)\s/.test(line) && words.test(line));
    if (at !== -1) return `${path}:${at + 1}`;
  }
  return undefined;
}

export function rollbackProcedure(look: Look): Answer {
  const place = spokenOf(look, /roll(?:ing)?[\s-]?back/i);
  return place === undefined
    ? staysOpen(
        'no heading of README, RUNBOOK or docs/ speaks of a rollback; a person must say how it is done, and drill rollback show that it works',
      )
    : staysOpen(`${place} speaks of it; a person must confirm it, and drill rollback show that it works`, [place]);
}

export function updateProcedure(look: Look): Answer {
  const place = spokenOf(
    look,
    /\b(?:updat(?:e|es|ing)|upgrad(?:e|es|ing)|deploy(?:ing|ment|ments)?|releas(?:e|es|ing))\b/i,
  );
  const configured = composed(look).find((service) => service.attribute('deploy.update_config'));
  const line = configured && lineAt(look, configured.at('deploy.update_config'));
  const seen = [
    ...(place ? [`${place} speaks of it`] : []),
    ...(configured ? [`${configured.name} has an update_config`] : []),
  ];
  const at = [place, line].filter((one) => one !== undefined);
  return staysOpen(
    `${seen.length > 0 ? seen.join(' and ') : 'no heading of README, RUNBOOK or docs/ speaks of it'}; a person must confirm how an update is done`,
    at,
  );
}

/** A scan step proves no result, but is worth showing. */
export function scanned(look: Look): Answer {
  const scanner = /\b(?:trivy|grype|snyk|docker[ -]scout|clair|anchore|dockle)\b/i;
  const pipelines = filesNamed(look, /^(?:.+\.ya?ml|\.gitlab-ci\.yml|Jenkinsfile|azure-pipelines\.yml)$/).filter(
    (path) => /workflows\/|gitlab-ci|Jenkinsfile|azure-pipelines/.test(path),
  );
  const step = pipelines.find((path) => scanner.test(textOf(look, path)));
  if (look.services.length === 0) return notAsked('there is no image to scan');
  return step === undefined
    ? staysOpen('only a scan of the built images tells; none has run')
    : staysOpen(`${step} has a step that scans, but only a scan of the built images tells; none has run here`, [
        `${step}:1`,
      ]);
}

const examples =
  /^\.?env[._-](?:example|sample|template|dist|defaults?)$|^(?:example|sample|template)\.env$|^\.env\.[\w-]+\.(?:example|sample|template)$/i;

/** Texts that may explain a variable: example env files, and READMEs. */
export function explanations(look: Look): { readonly path: string; readonly text: string }[] {
  const paths = homes(look).flatMap((home) =>
    look.project.files
      .list(home)
      .filter(({ name, kind }) => kind === 'file' && (examples.test(name) || /^readme(?:\.\w+)?$/i.test(name)))
      .map(({ name }) => joinPath(home, name)),
  );
  return [...new Set(paths)].map((path) => ({ path, text: textOf(look, path) }));
}
