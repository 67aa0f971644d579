import { leftBecause } from '../edit/change.ts';
import type { BuildContext } from '../model/build-context.ts';
import type { LanguageCommand } from '../model/image/language-packages.ts';
import type { LeftToPerson } from '../vocabulary/fix.ts';

type Files =
  | {
      readonly names: readonly string[];
      /** Folders that hold more of them: `requirements`. */
      readonly folders?: readonly string[];
    }
  | LeftToPerson;

/** The files that an installation reads, all at the top of the build context; or why they are not all it needs. */
export function manifestFiles(run: LanguageCommand, context: BuildContext): Files {
  switch (run.manager) {
    case 'npm':
    case 'yarn':
    case 'pnpm':
    case 'bun':
      return nodeFiles(run, context);
    case 'pip':
      return pipFiles(run, context);
    case 'go':
      return goFiles(context);
    case 'bundle':
      return textFiles(
        context,
        ['Gemfile'],
        ['Gemfile.lock'],
        /\bpath:|:path\s*=>|\bgemspec\b|\beval_gemfile\b|ruby\s+file:/,
      );
    case 'pipenv':
      return textFiles(context, ['Pipfile'], ['Pipfile.lock'], /\bpath\s*=|editable\s*=/);
    case 'poetry':
      if (!run.options.flags.has('--no-root'))
        return leftBecause('"poetry install" without --no-root installs the source too');
      return textFiles(context, ['pyproject.toml'], ['poetry.lock'], /\bpath\s*=|\bdevelop\s*=/);
    case 'uv':
      if (
        !run.options.flags.has('--no-install-project') &&
        /^\[build-system\]/m.test(context.text('pyproject.toml') ?? '')
      )
        return leftBecause('"uv sync" without --no-install-project installs the source too');
      return textFiles(context, ['pyproject.toml'], ['uv.lock'], /\bpath\s*=|\bworkspace\s*=|\[tool\.uv\.workspace\]/);
    default:
      return leftBecause(`what ${run.program} needs of the source before it installs is not known`);
  }
}

const there = (context: BuildContext, names: readonly string[]) =>
  names.filter((name) => context.kind(name) === 'file');

function textFiles(context: BuildContext, must: readonly string[], may: readonly string[], needsSource: RegExp): Files {
  for (const name of must) {
    const text = context.text(name);
    if (text === undefined) return leftBecause(`there is no ${name} where it is built`);
    if (needsSource.test(text)) return leftBecause(`${name} names packages that lie in the source`);
  }
  return { names: [...must, ...there(context, may)] };
}

const nodeLocks: Readonly<Record<string, readonly string[]>> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json', '.npmrc'],
  yarn: ['yarn.lock', '.yarnrc', '.yarnrc.yml', '.npmrc'],
  pnpm: ['pnpm-lock.yaml', '.npmrc'],
  bun: ['bun.lock', 'bun.lockb', 'bunfig.toml', '.npmrc'],
};

function nodeFiles({ manager, options }: LanguageCommand, context: BuildContext): Files {
  const text = context.text('package.json');
  if (text === undefined) return leftBecause('there is no package.json where it is built');
  if (
    /"workspaces"\s*:/.test(text) ||
    there(context, ['pnpm-workspace.yaml', 'lerna.json', '.pnpmfile.cjs']).length > 0
  )
    return leftBecause('it has workspaces, each with a package.json of its own');
  if (/:\s*"(?:file|link|portal|workspace|patch):/.test(text))
    return leftBecause('package.json names packages that lie in the source');
  if (context.kind('.yarn') === 'directory') return leftBecause('Yarn keeps files of its own in .yarn');
  // npm runs them at every installation (docs.npmjs.com/cli/using-npm/scripts#npm-install).
  const script = /"(preinstall|install|postinstall|prepublish|preprepare|prepare|postprepare)"\s*:/.exec(text)?.[1];
  if (script !== undefined && !options.flags.has('--ignore-scripts'))
    return leftBecause(`its script "${script}" may need the source`);
  return { names: ['package.json', ...there(context, nodeLocks[manager] ?? [])] };
}

function goFiles(context: BuildContext): Files {
  const text = context.text('go.mod');
  if (text === undefined) return leftBecause('there is no go.mod where it is built');
  if (/=>\s*\.{1,2}\//.test(text) || context.kind('go.work') === 'file')
    return leftBecause('go.mod names modules that lie in the source');
  if (context.kind('vendor') === 'directory') return leftBecause('its modules lie in vendor');
  return { names: ['go.mod', ...there(context, ['go.sum'])] };
}

/** More files than any project's requirements name one another. */
const mostFiles = 20;

/** `-r` files, and those that they name in turn. */
function pipFiles({ options }: LanguageCommand, context: BuildContext): Files {
  const names: string[] = [];
  const add = (name: string): LeftToPerson | undefined => {
    if (names.includes(name) || names.length >= mostFiles) return undefined;
    const text = context.text(name);
    if (text === undefined) return leftBecause(`there is no ${name} where it is built`);
    names.push(name);
    for (const line of text.split(/\r?\n/)) {
      if (/^\s*(?:-e|--editable|\.{1,2}(?:\/|\s|$|\[)|file:|[\w.-]+\s*@\s*file:)/.test(line))
        return leftBecause(`${name} names packages that lie in the source`);
      const other = /^\s*(?:-r|--requirement|-c|--constraint)[\s=]+(\S+)/.exec(line)?.[1];
      if (other === undefined) continue;
      const beside = name.includes('/') ? `${name.slice(0, name.indexOf('/'))}/${other}` : other;
      if (!isPlain(beside)) return leftBecause(`${name} names ${other}, which lies elsewhere`);
      const wrong = add(beside);
      if (wrong) return wrong;
    }
    return undefined;
  };
  for (const { name, value } of options.all) {
    if (!/^(?:-r|--requirement|-c|--constraint)$/.test(name)) continue;
    const file = value === true ? undefined : value.literal ? value.text.replace(/^\.\//, '') : undefined;
    if (file === undefined || !isPlain(file))
      return leftBecause('its requirements lie in a folder of their own, or a variable names them');
    const wrong = add(file);
    if (wrong) return wrong;
  }
  if (names.length === 0) return leftBecause('it names no file of requirements');
  const folders = [...new Set(names.flatMap((name) => (name.includes('/') ? [name.slice(0, name.indexOf('/'))] : [])))];
  return { names: names.filter((name) => !name.includes('/')), folders };
}

function isPlain(name: string): boolean {
  return /^(?:[\w-][\w.-]*\/)?[\w-][\w.-]*$/.test(name);
}
