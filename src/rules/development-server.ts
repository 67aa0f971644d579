import { copiedText } from '../model/entry-script.ts';
import { programOf, type ShellCommand } from '../model/image/programs.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { mainCommand } from '../model/service-role.ts';
import { withoutEndSlashes } from '../vocabulary/path-end.ts';
import { scriptNamed } from './package-scripts.ts';

/**
 * The development server that the service's command starts, worded to follow "a development server": `: flask run`,
 * ` ("npm start" is nodemon in package.json)`. Undefined where it starts something else.
 */
export function developmentServer(service: Service, project: Project): string | undefined {
  const main = mainCommand(service.process.commands);
  if (!main) return undefined;
  const line = [main.name ?? '', ...main.words.slice(1).map((word) => word.text)].join(' ');
  const server = serverOf(line);
  if (server) return `: ${server}`;
  const script = npmScript(line, service, project);
  const inScript =
    script === undefined ? undefined : serverOf(script.replace(/^(?:[A-Z_]+=\S+\s+|cross-env\s+|env\s+)+/, ''));
  if (inScript) return ` ("${line}" is ${inScript} in package.json)`;
  return flaskScript(main.command, service, project);
}

/** Express by its package.json, started with node or a script, and no line says which mode: it takes development then. */
export function isUnsetExpress(service: Service, project: Project): boolean {
  const main = mainCommand(service.process.commands);
  if (!main || !/^(?:node|npm|yarn|pnpm)$/.test(main.name ?? '')) return false;
  if (service.environment.has('NODE_ENV') || service.attribute('env_file')) return false;
  const dockerfile = service.build?.dockerfile;
  if (!dockerfile || dockerfile.source.text.includes('NODE_ENV')) return false;
  const manifest = project.contextOf(dockerfile)?.text('package.json');
  return manifest !== undefined && /"express"\s*:\s*"/.test(manifest) && !manifest.includes('NODE_ENV');
}

/** `python app.py`, where app.py ends in Flask's own `app.run()`. */
function flaskScript(command: ShellCommand, service: Service, project: Project): string | undefined {
  const program = programOf(command);
  if (!/^python[\d.]*$/.test(program.name ?? '')) return undefined;
  const operand = program.args.find(({ text }) => !text.startsWith('-'));
  if (!operand?.literal || !operand.text.endsWith('.py')) return undefined;
  const workdir = service.workdir?.value ?? '/';
  const path = operand.text.startsWith('/')
    ? operand.text
    : `${withoutEndSlashes(workdir)}/${operand.text.replace(/^(?:\.\/)+/, '')}`;
  const found = copiedText(service, project, path);
  const app = found && /^(\w{1,60})[ \t]{0,9}=[ \t]{0,9}(?:flask\.)?Flask\(/m.exec(found.text)?.[1];
  if (!found || app === undefined) return undefined;
  const at = found.text.search(new RegExp(`^[ \\t]{0,40}${app}\\.run\\(`, 'm'));
  if (at === -1) return undefined;
  // Its arguments, as far as people write them; they may go over several lines.
  const debugs = /^[^#]{0,400}?\bdebug[ \t]{0,9}=[ \t]{0,9}True\b/.test(found.text.slice(at, at + 500));
  return ` (${found.path} calls ${app}.run${debugs ? ' with its debugger on' : ''})`;
}

const servers: readonly [pattern: RegExp, name: string][] = [
  [/^(?:nodemon|ts-node-dev|tsnd|supervisor)\b/, 'nodemon'],
  [/^(?:node|bun|deno)\b.*\s--(?:watch|hot)\b/, 'a file watcher (--watch)'],
  [/^(?:tsx|bun)\s+watch\b/, 'a file watcher (watch)'],
  [/^(?:python[\d.]*\s+-m\s+)?flask\b.*\brun\b/, 'flask run'],
  [/\bmanage\.py\s+runserver(?:_plus)?\b/, 'manage.py runserver'],
  [/^(?:\w+\s+)*?(?:uvicorn|gunicorn|hypercorn|daphne|granian)\b.*\s--reload\b/, 'a server with --reload'],
  [/^(?:python[\d.]*\s+-m\s+)?(?:uvicorn|gunicorn)\b.*\s--reload\b/, 'a server with --reload'],
  [/^fastapi\s+dev\b/, 'fastapi dev'],
  [/^python[\d.]*\s+-m\s+http\.server\b/, 'python -m http.server'],
  [/^php\b.*\s-S\s/, 'php -S'],
  [/\bartisan\s+serve\b/, 'artisan serve'],
  [/^ng\s+serve\b/, 'ng serve'],
  [/^(?:next|nuxt|nuxi|astro|remix|gatsby)\s+dev(?:elop)?\b/, 'a front-end development server'],
  [/^vite(?:\s+(?:dev|serve)\b|\s+-|\s*$)/, 'vite'],
  [/^(?:webpack-dev-server|webpack\s+serve)\b/, 'webpack-dev-server'],
  [/^(?:react-scripts|vue-cli-service|craco)\s+(?:start|serve)\b/, 'react-scripts start'],
  [
    /^(?:npm|yarn|pnpm|bun)\s+(?:run\s+|run-script\s+)?(?:dev|develop|watch|start:dev|dev:\w+)\b/,
    'a development script',
  ],
  [/^dotnet\s+watch\b/, 'dotnet watch'],
  [/^(?:cargo\s+watch|air|gow|reflex|CompileDaemon|watchexec|entr)\b/, 'a file watcher'],
  [/^go\s+run\b/, 'go run'],
  [/^cargo\s+run\b(?!.*\s--release\b)/, 'cargo run'],
  [/^dotnet\s+run\b(?!.*\s(?:-c|--configuration)\s*=?\s*Release\b)/, 'dotnet run'],
  [/^(?:hugo|jekyll|mkdocs)\s+serv(?:e|er)\b/, 'a preview server'],
  [
    /^(?:\.\/)?(?:mvnw?|gradlew?)\b.*\b(?:spring-boot:run|bootRun|quarkus:dev|quarkusDev)\b/,
    'a build tool (spring-boot:run)',
  ],
];

function serverOf(line: string): string | undefined {
  // Patterns look at a line of a human's length only.
  const text = line.slice(0, 1000).replace(/^npx\s+(?:-\S+\s+){0,5}/, '');
  const found = servers.find(([pattern]) => pattern.test(text));
  if (!found) return undefined;
  if (found[1] === 'react-scripts start') return text.split(/\s+/).slice(0, 2).join(' ');
  return found[1] === 'nodemon' ? (text.split(/\s/)[0] ?? 'nodemon') : found[1];
}

/** What `npm start` runs, by the package.json of the build context. */
function npmScript(line: string, service: Service, project: Project): string | undefined {
  const name = /^(?:npm|yarn|pnpm)\s+(?:run\s+|run-script\s+)?([\w:.-]+)/.exec(line)?.[1];
  return name === undefined ? undefined : scriptNamed(name, service, project);
}
