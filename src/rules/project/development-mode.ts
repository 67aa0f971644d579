import { spanOfFact } from '../../vocabulary/fact.ts';
import { inOverride, isForDevelopment } from '../development-files.ts';
import { developmentServer, isUnsetExpress } from '../development-server.ts';
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
  byHand: 'only you know how the program is started in production',
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
    if (!at) return;
    const server = developmentServer(service, project);
    if (server)
      report({ at, message: `${subject(service, at)} is served by a development server${server}`, ...inOverride(at) });
    else if (service.compose && isUnsetExpress(service, project))
      report({
        at,
        message: `Express runs in development mode in "${service.name}": nothing sets NODE_ENV`,
        severity: 'low',
      });
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
    case 'ROCKET_ENV':
    case 'ROCKET_PROFILE':
      return developmentWords.test(value) ? 'medium' : undefined;
    case 'GIN_MODE':
      return value === 'debug' ? 'medium' : undefined;
    default:
      return undefined;
  }
}
