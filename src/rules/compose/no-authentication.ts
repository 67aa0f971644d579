import type { Service } from '../../model/service.ts';
import { isContainer } from '../deployed.ts';
import { isOnAllInterfaces } from '../published-ports.ts';
import type { Rule } from '../rule.ts';

const yes = /^(?:1|true|yes|on)$/i;
/** Variables that switch the login of a server off, and the values that do. */
const switches: Readonly<Record<string, RegExp>> = {
  POSTGRES_HOST_AUTH_METHOD: /^trust$/i,
  MYSQL_ALLOW_EMPTY_PASSWORD: /./,
  MARIADB_ALLOW_EMPTY_ROOT_PASSWORD: /./,
  ALLOW_EMPTY_PASSWORD: yes,
  ALLOW_ANONYMOUS_LOGIN: yes,
  ALLOW_PLAINTEXT_LISTENER: yes,
  'xpack.security.enabled': /^false$/i,
  DISABLE_SECURITY_PLUGIN: yes,
  NEO4J_AUTH: /^none$/i,
  AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED: yes,
  GF_AUTH_ANONYMOUS_ENABLED: yes,
  ME_CONFIG_BASICAUTH: /^false$/i,
};

export const noAuthentication: Rule = {
  id: 'compose/no-authentication',
  summary: 'The login of a server is switched off',
  why: 'Whoever reaches the network, by any hole in any other container, reads and deletes everything without being asked.',
  sources: [
    'https://hub.docker.com/_/postgres',
    'https://hub.docker.com/_/mysql',
    'https://hub.docker.com/_/mongo',
    'https://www.elastic.co/docs/deploy-manage/security',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN12', 'RUN13'],
  aliases: [],
  byHand: 'a password must be made and given to every client',
  examples: { bad: 'bad-trust', good: 'good-password' },
  service(service, report) {
    if (!isContainer(service)) return;
    if (isOpenMongo(service))
      report({
        at: service.at('environment'),
        message: `"${service.name}" lets everybody in: no MONGO_INITDB_ROOT_USERNAME switches its login on`,
        severity: 'medium',
        confidence: 'likely',
      });
    for (const variable of service.environment.values()) {
      const off = Object.hasOwn(switches, variable.name) ? switches[variable.name] : undefined;
      if (!off || variable.from === 'dockerfile' || !off.test(variable.value ?? '')) continue;
      report({
        at: variable.span,
        message: `"${service.name}" lets everybody in: ${variable.name} is ${variable.value}`,
        severity: severityOf(variable.name, service.ports.some(isOnAllInterfaces)),
      });
    }
  },
};

function severityOf(name: string, isOpen: boolean): 'critical' | 'high' | 'low' {
  // Dashboards are shown to visitors on purpose more often than not.
  if (name === 'GF_AUTH_ANONYMOUS_ENABLED') return 'low';
  return isOpen ? 'critical' : 'high';
}

/** MongoDB asks for no password until a first user is made, or its command says `--auth` or names a key or a configuration. */
function isOpenMongo(service: Service): boolean {
  const { image, environment, process } = service;
  if (image.facts?.image !== 'mongo' || image.stage || service.attribute('env_file')) return false;
  if ([...environment.keys()].some((name) => /^MONGO_INITDB_ROOT_(?:USERNAME|PASSWORD)(?:_FILE)?$/.test(name)))
    return false;
  return !process.commands.some(({ words }) =>
    words.some(({ text }) => /^(?:--auth|--keyFile|--config|-f|--tlsMode)(?:=|$)/.test(text)),
  );
}
