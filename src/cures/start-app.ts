import { fixOf, leftBecause } from '../edit/change.ts';
import { scriptCommands } from '../model/dockerfile/run-commands.ts';
import { copiedText } from '../model/entry-script.ts';
import type { ShellCommand } from '../model/image/programs.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { lineCommands } from '../model/service-process.ts';
import type { Cure, LeftToPerson } from '../vocabulary/fix.ts';
import { replaceCommand } from './replace-command.ts';

/** What `npm start` would start, by itself: `node server.js`, as its package.json says. */
export function startApp(service: Service, project: Project): Cure {
  const { process } = service;
  const line = process.command?.value ? process.command : process.entrypoint;
  const [only, ...others] = line?.value ? lineCommands(line.value) : [];
  const words = only?.words.map(({ text }) => text) ?? [];
  const isWhole =
    only !== undefined &&
    others.length === 0 &&
    only.words.every(({ literal }) => literal) &&
    only.redirects.length + only.assignments.length === 0;
  if (!line?.value || !isWhole || !managers.test(words[0] ?? ''))
    return leftBecause('more than the package manager stands in its command');
  const started = appOf(words, { service, project, depth: 0 });
  if ('left' in started) return started;
  return fixOf(
    {
      title: `Start ${started.words.join(' ')} without ${words[0]}`,
      safety: 'review',
      provedBy: 'graceful-stop',
      note: `${words[0]} also set npm_* variables and put node_modules/.bin on PATH, for programs that look for them`,
    },
    replaceCommand(service, project, started.words),
  );
}

const managers = /^(?:npm|yarn|yarnpkg|pnpm|npx|pnpx)$/;
const developing =
  /^(?:nodemon|ts-node-dev|tsnd|vite|react-scripts|ng|webpack-dev-server|webpack|parcel|gatsby|nest|vue-cli-service|concurrently|npm-run-all|run-s|run-p|turbo|nx|lerna|tsx|next dev|nuxt dev|expo|gulp|grunt)$/;
/** Programs by the package that brings them, where that has another name. */
const packageOf: Readonly<Record<string, string>> = {
  'remix-serve': '@remix-run/serve',
  'react-router-serve': '@react-router/serve',
  strapi: '@strapi/strapi',
  sirv: 'sirv-cli',
  medusa: '@medusajs/medusa',
  nuxi: 'nuxi',
};

interface Place {
  readonly service: Service;
  readonly project: Project;
  readonly depth: number;
}

type App = { readonly words: readonly string[] } | LeftToPerson;

function appOf(words: readonly string[], place: Place): App {
  const { service, project, depth } = place;
  const directory = service.workdir?.value ?? '/';
  const file = copiedText(service, project, `${directory === '/' ? '' : directory.replace(/\/$/, '')}/package.json`);
  const manifest = file && manifestOf(file.text);
  if (!manifest) return leftBecause('the package.json that says what it starts is not among the files');
  const call = callOf(words);
  if (!call) return leftBecause(`only ${words[0]} knows what these options start`);
  const program = (name: string, args: readonly string[]) =>
    programWords(name, args, manifest, place, file.path.includes('/'));
  if (call.kind === 'program') return program(call.name, call.args);
  const { name, args } = call;
  const text = manifest.scripts.get(name) ?? (name === 'start' ? 'node server.js' : undefined);
  if (text === undefined) return leftBecause(`its package.json has no script "${name}"`);
  const around = [`pre${name}`, `post${name}`].find((other) => manifest.scripts.has(other));
  // pnpm, and yarn from 2 on, run these only when told to; to be sure nothing is lost, a person looks.
  if (around !== undefined) return leftBecause(`its script "${around}" runs too, and only you know where it belongs`);
  const { commands, certain } = scriptCommands(text, (start, end) => ({ file: '', start, end }));
  const [command, ...others] = commands;
  if (!certain || !command || others.length > 0 || !isPlain(command, text))
    return leftBecause(`its script "${name}" is more than one plain command`);
  const settings = command.assignments.map((one) => `${one.name}=${one.value?.text ?? ''}`);
  let rest = command.words.map((word) => word.text);
  if (/^cross-env(?:-shell)?$/.test(rest[0] ?? '')) {
    const first = rest.findIndex((word, index) => index > 0 && !/^\w+=/.test(word));
    settings.push(...rest.slice(1, first));
    rest = first === -1 ? [] : rest.slice(first);
  }
  const [main, ...own] = rest;
  if (main === undefined) return leftBecause(`its script "${name}" starts nothing`);
  const all = [...own, ...args];
  const app =
    managers.test(main) && depth < 3 ? appOf([main, ...all], { ...place, depth: depth + 1 }) : program(main, all);
  if ('left' in app) return app;
  const unset = settings.filter((setting) => !isSet(setting, service));
  return unset.length === 0 ? app : { words: ['env', ...unset, ...app.words] };
}

/** Which script or program the call names, with what it hands on. */
function callOf(
  words: readonly string[],
): { readonly kind: 'script' | 'program'; readonly name: string; readonly args: readonly string[] } | undefined {
  const [manager = '', ...rest] = words;
  const quiet = /^(?:-s|--silent|-q|--quiet)$/;
  const after = (from: number) => {
    const args = rest.slice(from);
    if (manager !== 'npm') return args[0] === '--' ? args.slice(1) : args;
    // To npm itself belong options before `--`.
    const own = args.indexOf('--');
    const before = own === -1 ? args : args.slice(0, own);
    return before.every((word) => quiet.test(word) || !word.startsWith('-'))
      ? [...before.filter((word) => !quiet.test(word)), ...(own === -1 ? [] : args.slice(own + 1))]
      : undefined;
  };
  let at = 0;
  while (quiet.test(rest[at] ?? '')) at += 1;
  const verb = rest[at];
  if (verb === undefined || verb.startsWith('-')) return undefined;
  if (manager === 'npx' || manager === 'pnpx') return { kind: 'program', name: verb, args: rest.slice(at + 1) };
  if (verb === 'exec' || verb === 'dlx') return undefined;
  const isRun = verb === 'run' || verb === 'run-script';
  const name = isRun ? rest[at + 1] : verb;
  const args = after(at + (isRun ? 2 : 1));
  if (name === undefined || name.startsWith('-') || args === undefined) return undefined;
  if (manager === 'npm' && !isRun && name !== 'start') return undefined;
  return { kind: 'script', name, args };
}

function programWords(
  name: string,
  args: readonly string[],
  manifest: Manifest,
  { service, project }: Place,
  isNested: boolean,
): App {
  if (name === 'node' || name.startsWith('./') || name.startsWith('/')) return { words: [name, ...args] };
  if (developing.test(name) || developing.test(`${name} ${args[0] ?? ''}`))
    return leftBecause(`its script starts ${name}, which is made for development`);
  const brought = manifest.dependencies.has(packageOf[name] ?? name);
  if (!brought)
    return service.image.software.has(name).presence === 'yes'
      ? { words: [name, ...args] }
      : leftBecause(`nothing shows which package brings ${name}`);
  const context = service.build?.dockerfile && project.contextOf(service.build.dockerfile);
  const isElsewhere =
    (isNested && context?.kind('package.json') === 'file') ||
    context?.kind('.pnp.cjs') === 'file' ||
    (context?.kind('.yarnrc.yml') === 'file' && !/nodeLinker:\s*node-modules/.test(context.text('.yarnrc.yml') ?? ''));
  if (isElsewhere) return leftBecause(`${name} may lie elsewhere than in node_modules/.bin`);
  return { words: [`node_modules/.bin/${name}`, ...args] };
}

function isPlain(command: ShellCommand, text: string): boolean {
  return (
    command.redirects.length === 0 &&
    !command.negated &&
    command.within.length === 0 &&
    !/&\s*$/.test(text) &&
    command.assignments.every(({ value }) => value === undefined || value.literal) &&
    command.words.every((word) => word.literal && (word.quoted || !/[*?~]/.test(word.text)))
  );
}

function isSet(setting: string, { environment }: Service): boolean {
  const [name = '', ...value] = setting.split('=');
  return environment.get(name)?.value === value.join('=');
}

interface Manifest {
  readonly scripts: ReadonlyMap<string, string>;
  readonly dependencies: ReadonlySet<string>;
}

function manifestOf(text: string): Manifest | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // No JSON: nobody can tell what it starts.
    return undefined;
  }
  const scripts = textsOf(json, 'scripts');
  // What only development needs may be left out of the image.
  return { scripts, dependencies: new Set(textsOf(json, 'dependencies').keys()) };
}

function textsOf(json: unknown, key: string): Map<string, string> {
  const map = typeof json === 'object' && json !== null ? Reflect.get(json, key) : undefined;
  const entries: [string, unknown][] = typeof map === 'object' && map !== null ? Object.entries(map) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
