import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { field } from './endpoint.ts';

/**
 * What the docker command would log in with: `auths` of its configuration, else its credential helper
 * (https://docs.docker.com/reference/cli/docker/login/#credential-stores). Never shown, never kept.
 */
export function registryAuth(image: string): {
  readonly authconfig?: { username: string; password: string; serveraddress: string };
} {
  const configuration = readConfiguration();
  const first = image.split('/')[0] ?? '';
  const registry = image.includes('/') && /[.:]|^localhost$/.test(first) ? first : 'https://index.docker.io/v1/';
  const auth = field(field(field(configuration, 'auths'), registry), 'auth');
  if (typeof auth === 'string' && auth !== '') {
    const [username = '', ...password] = Buffer.from(auth, 'base64').toString('utf8').split(':');
    return { authconfig: { username, password: password.join(':'), serveraddress: registry } };
  }
  const helper = field(field(configuration, 'credHelpers'), registry) ?? field(configuration, 'credsStore');
  if (typeof helper !== 'string' || !/^[\w.-]+$/.test(helper)) return {};
  try {
    const answer: unknown = JSON.parse(
      execFileSync(`docker-credential-${helper}`, ['get'], { input: registry, timeout: 10_000, encoding: 'utf8' }),
    );
    const username = field(answer, 'Username');
    const password = field(answer, 'Secret');
    if (typeof username !== 'string' || typeof password !== 'string') return {};
    return { authconfig: { username, password, serveraddress: registry } };
  } catch {
    // Nobody is logged in there: public images need nobody.
    return {};
  }
}

function readConfiguration(): unknown {
  const folder = process.env['DOCKER_CONFIG'] ?? path.join(os.homedir(), '.docker');
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, 'config.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
