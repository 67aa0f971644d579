import type { Project } from '../../model/project.ts';
import type { Service } from '../../model/service.ts';
import { mainCommand } from '../../model/service-role.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import { inOverride, isForDevelopment } from '../development-files.ts';
import type { Rule } from '../rule.ts';
import { subject } from '../subject.ts';

export const developmentMode: Rule = {
  id: 'project/development-mode',
  summary: 'A service that runs in development mode',
  why: 'Development servers take one request at a time, show source code and variables in their error pages, and watch files; some let whoever meets an error run code.',
  sources: [
    'https://12factor.net/dev-prod-parity',
    'https://flask.palletsprojects.com/en/stable/deploying/',
    'https://docs.djangoproject.com/en/stable/howto/deployment/checklist/',
    'https://expressjs.com/en/advanced/best-practice-performance.html#set-node_env-to-production',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN17'],
  aliases: [],
  examples: { bad: 'bad-flask-debug', good: 'good-production' },
  service(service, report, project) {
    if (service.role.runs === 'tool' || isForDevelopment(service)) return;
    for (const { name, value, span } of service.environment.values()) {
      const mode = value === undefined ? undefined : modeOf(name, value);
      if (!mode) continue;
      const shown = `${name}=${value}`;
      report({
        at: span,
        message: `${subject(service, span)} runs in development mode: ${shown}`,
        severity: mode,
        ...inOverride(span),
      });
    }
    if (service.role.runs !== 'server') return;
    const process = service.process;
    const at = spanOfFact(process.command?.value ? process.command : process.entrypoint);
    const main = mainCommand(process.commands);
    if (!at || !main) return;
    const line = [main.name ?? '', ...main.words.slice(1).map((word) => word.text)].join(' ');
    const script = npmScript(line, service, project);
    const server =
      serverOf(line) ??
      (script === undefined ? undefined : serverOf(script.replace(/^(?:[A-Z_]+=\S+\s+|cross-env\s+|env\s+)+/, '')));
    if (!server) return;
    const by = script !== undefined && !serverOf(line) ? ` ("${line}" is ${server} in package.json)` : `: ${server}`;
    report({ at, message: `${subject(service, at)} is served by a development server${by}`, ...inOverride(at) });
  },
};

const developmentWords = /^(?:dev|development|develop|local|debug)$/i;
const yes = /^(?:1|true|yes|on)$/i;

/** How bad it is, for a variable that means development. */
function modeOf(name: string, value: string): 'high' | 'medium' | undefined {
  switch (name) {
    case 'FLASK_DEBUG':
    case 'DJANGO_DEBUG':
    case 'WERKZEUG_DEBUG_PIN':
      return name === 'WERKZEUG_DEBUG_PIN'
        ? /^off$/i.test(value)
          ? 'high'
          : undefined
        : yes.test(value)
          ? 'high'
          : undefined;
    case 'APP_DEBUG':
      return yes.test(value) ? 'high' : undefined;
    case 'DEBUG':
      // Node's DEBUG=express:* only logs.
      return yes.test(value) ? 'medium' : undefined;
    case 'NODE_ENV':
    case 'FLASK_ENV':
    case 'RAILS_ENV':
    case 'RACK_ENV':
    case 'APP_ENV':
    case 'ASPNETCORE_ENVIRONMENT':
    case 'DOTNET_ENVIRONMENT':
    case 'MIX_ENV':
    case 'SYMFONY_ENV':
    case 'DJANGO_ENV':
    case 'PHOENIX_ENV':
    case 'MICRONAUT_ENVIRONMENTS':
    case 'SPRING_PROFILES_ACTIVE':
      return value.split(',').some((word) => developmentWords.test(word.trim())) ? 'medium' : undefined;
    case 'GIN_MODE':
      return value === 'debug' ? 'medium' : undefined;
    default:
      return undefined;
  }
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
  [/^(?:npx\s+)?ng\s+serve\b/, 'ng serve'],
  [/^(?:npx\s+)?(?:next|nuxt|nuxi|astro|remix|gatsby)\s+dev(?:elop)?\b/, 'a front-end development server'],
  [/^(?:npx\s+)?vite(?:\s+(?:dev|serve)\b|\s+-|\s*$)/, 'vite'],
  [/^(?:npx\s+)?(?:webpack-dev-server|webpack\s+serve)\b/, 'webpack-dev-server'],
  [/^(?:npx\s+)?(?:react-scripts|vue-cli-service|craco)\s+(?:start|serve)\b/, 'react-scripts start'],
  [
    /^(?:npm|yarn|pnpm|bun)\s+(?:run\s+|run-script\s+)?(?:dev|develop|watch|start:dev|dev:\w+)\b/,
    'a development script',
  ],
  [/^dotnet\s+watch\b/, 'dotnet watch'],
  [/^(?:cargo\s+watch|air|gow|reflex|CompileDaemon|watchexec|entr)\b/, 'a file watcher'],
  [/^go\s+run\b/, 'go run'],
  [/^(?:hugo|jekyll|mkdocs)\s+serv(?:e|er)\b/, 'a preview server'],
  [
    /^(?:\.\/)?(?:mvnw?|gradlew?)\b.*\b(?:spring-boot:run|bootRun|quarkus:dev|quarkusDev)\b/,
    'a build tool (spring-boot:run)',
  ],
];

// Each pattern has one of these. Most lines have none, and V8 needs longer to make the patterns ready than for all else.
const serverWords = ['nodemon', 'tsnd', 'supervisor', 'dev', 'watch', '--hot', 'flask', 'runserver', '--reload', '-S']
  .concat(['http.server', 'artisan', 'ng', 'webpack', 'vite', 'react-scripts', 'vue-cli-service', 'craco', 'go'])
  .concat(['air', 'reflex', 'CompileDaemon', 'entr', 'hugo', 'jekyll', 'mkdocs', 'spring-boot', 'bootRun', 'quarkus']);

function serverOf(line: string): string | undefined {
  // Patterns look at a line of a human's length only.
  const text = line.slice(0, 1000);
  if (!serverWords.some((word) => text.includes(word))) return undefined;
  const found = servers.find(([pattern]) => pattern.test(text));
  if (!found) return undefined;
  if (found[1] === 'react-scripts start')
    return text
      .replace(/^npx\s+/, '')
      .split(/\s+/)
      .slice(0, 2)
      .join(' ');
  return found[1] === 'nodemon' ? (text.split(/\s/)[0] ?? 'nodemon') : found[1];
}

/** What `npm start` runs, by the package.json of the build context. */
function npmScript(line: string, service: Service, project: Project): string | undefined {
  const name = /^(?:npm|yarn|pnpm)\s+(?:run\s+|run-script\s+)?([\w:.-]+)/.exec(line)?.[1];
  if (name === undefined || !service.image.stage) return undefined;
  const dockerfile = service.build?.dockerfile;
  const text = dockerfile && project.contextOf(dockerfile)?.text('package.json');
  if (text === undefined || text.length > 1_000_000) return undefined;
  try {
    const manifest: unknown = JSON.parse(text);
    const scripts =
      typeof manifest === 'object' && manifest !== null && 'scripts' in manifest ? manifest.scripts : undefined;
    if (typeof scripts !== 'object' || scripts === null) return undefined;
    const script = new Map<string, unknown>(Object.entries(scripts)).get(name);
    return typeof script === 'string' ? script : undefined;
  } catch {
    return undefined; // Not JSON: npm will say so.
  }
}
