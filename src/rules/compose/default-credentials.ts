import { isContainer } from '../deployed.ts';
import { isOnAllInterfaces } from '../published-ports.ts';
import type { Rule } from '../rule.ts';

interface Default {
  readonly login: string;
  /** Any of these replaces the login. */
  readonly setBy: RegExp;
  /** A mount at or below it may bring a configuration that does. */
  readonly configuredIn: RegExp;
  /** It asks for a new password at the first login. */
  readonly asksOnce?: true;
}

/** By the image as people know it. */
const defaults: Readonly<Record<string, Default>> = {
  // https://github.com/minio/minio/blob/master/docs/docker/README.md
  'minio/minio': {
    login: 'minioadmin',
    setBy: /^MINIO_(?:ROOT_PASSWORD|SECRET_KEY|CONFIG_ENV_FILE)(?:_FILE)?$/,
    configuredIn: /^\/etc\/(?:default|config\.env)/,
  },
  // https://grafana.com/docs/grafana/latest/setup-grafana/sign-in-to-grafana/
  'grafana/grafana': {
    login: 'admin',
    setBy:
      /^GF_(?:SECURITY_ADMIN_PASSWORD(?:__FILE)?|SECURITY_DISABLE_INITIAL_ADMIN_CREATION|AUTH_DISABLE_LOGIN_FORM|AUTH_PROXY_ENABLED)$/,
    configuredIn: /^\/etc\/grafana(?:\/grafana\.ini)?$/,
    asksOnce: true,
  },
};

export const defaultCredentials: Rule = {
  id: 'compose/default-credentials',
  summary: 'A server runs with the login that its image brings',
  why: 'The login stands in the documentation of the image: scanners try it first, and with it comes everything the server keeps.',
  sources: [
    'https://cwe.mitre.org/data/definitions/1392.html',
    'https://grafana.com/docs/grafana/latest/setup-grafana/sign-in-to-grafana/',
    'https://github.com/minio/minio/blob/master/docs/docker/README.md',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN12'],
  aliases: [],
  byHand: 'a password must be chosen',
  examples: { bad: 'bad-minio', good: 'good-password' },
  service(service, report) {
    const name = service.image.facts?.image ?? '';
    const known = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
    if (!known || !isContainer(service) || service.role.runs !== 'server') return;
    if ([...service.environment.keys()].some((variable) => known.setBy.test(variable))) return;
    if (service.mounts.some(({ target }) => known.configuredIn.test(target))) return;
    const fromFiles = [...service.environment.values()].some(({ from }) => from === 'env_file');
    // An env file that is not here may set it.
    if (service.attribute('env_file') !== undefined && !fromFiles) return;
    const isOpen = service.ports.some(isOnAllInterfaces);
    report({
      at: service.at('environment'),
      message: `"${service.name}" keeps the login of its image, ${known.login} with the password ${known.login}`,
      severity: known.asksOnce ? (isOpen ? 'medium' : 'low') : isOpen ? 'critical' : 'high',
      confidence: known.asksOnce ? 'guess' : 'certain',
    });
  },
};
