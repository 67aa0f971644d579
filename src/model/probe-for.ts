import { factConfidence } from '../knowledge/image-facts.ts';
import type { Confidence } from '../vocabulary/severity.ts';
import { healthRoute } from './health-route.ts';
import type { Project } from './project.ts';
import type { Service } from './service.ts';
import { mainCommand } from './service-role.ts';

/** A health check that can work in a service's very image, in Compose form, with `$` as the shell sees it. */
export interface Probe {
  readonly test: readonly string[];
  readonly sure: Confidence;
  /** What it takes for healthy, for people: `an answer at /healthz`. */
  readonly asks: string;
}

/**
 * The image's own probe where the table has one; else a request to the port the program listens on, made with a tool
 * that the image has. Undefined comes with the reason.
 */
export function probeFor(service: Service, project: Project): Probe | { readonly none: string } {
  const { facts, isScratch } = service.image;
  if (facts?.os?.family === 'windows') return { none: 'it is a Windows image' };
  const own = facts?.probe;
  const isRuntime =
    facts?.isBase === true || facts?.kind === 'language' || facts?.kind === 'base' || facts?.kind === 'build';
  if (own && !isRuntime && !runsTheServer(service))
    return {
      none: `it does not run what ${facts.image} is made for: only its own program can tell whether it is well`,
    };
  if (own && !isRuntime && !(facts.kind === 'web' && hasOwnConfiguration(service)))
    return {
      test: own.test.map((word) => word.replaceAll('$$', '$')),
      sure: factConfidence(facts, 'probe'),
      asks: own.test.at(-1) ?? '',
    };
  if (!service.image.stage && !facts) return { none: 'nobody has looked at what this image contains' };
  if (service.role.kind === 'worker')
    return { none: 'it takes no requests: only its own program can tell whether it is well' };
  const port = service.listens[0];
  if (!port) return { none: 'no line says which port it listens on' };
  const [scheme, how] = schemeOf(port.value, service);
  if (how !== undefined) return { none: how };
  const route = healthRoute(service, project);
  const url = `${scheme}://127.0.0.1:${port.value}${route ?? '/'}`;
  const test = request(service, url, port.value, route !== undefined);
  if (!test)
    return {
      none:
        isScratch || facts?.shell === null
          ? 'its image has neither a shell nor a tool to ask with: the program must bring a check of its own'
          : 'no tool is known to be in its image that could ask',
    };
  return { test, sure: 'likely', asks: route ? `a good answer at ${route}` : 'any answer that is no server error' };
}

/** False where a database's or cache's image is used for its client, or for a script: the image's probe asks the server. */
function runsTheServer({ process, image: { facts } }: Service): boolean {
  const main = mainCommand(process.commands)?.name;
  if (!facts || main === undefined) return true;
  const own = [...(facts.entrypoint ?? []), ...(facts.cmd ?? [])]
    .map((word) => word.split('/').at(-1) ?? '')
    .filter((word) => !/entrypoint|\.sh$|^(?:tini|dumb-init|--)$/.test(word));
  const names = process.commands.flatMap(({ words }) => words.map(({ text }) => text.split('/').at(-1) ?? ''));
  if (names.some((name) => own.includes(name))) return true;
  return !names.some((name) => /^(?:ba|da|a)?sh$/.test(name)) && facts.tools?.[main] === undefined;
}

/** Its configuration is the project's: which paths there are, and where an error is meant to be the answer, is its matter. */
function hasOwnConfiguration({ mounts, image }: Service): boolean {
  const place = /^\/(?:etc\/nginx|usr\/local\/apache2\/conf|etc\/apache2)(?:\/|$)/;
  return mounts.some(({ target }) => place.test(target)) || image.files.some(({ path }) => place.test(path));
}

/** What other protocols would make of a request. */
const notHttp: ReadonlySet<number> = new Set([
  21, 22, 25, 53, 110, 143, 389, 465, 587, 636, 993, 995, 1883, 3306, 5432, 5672, 6379, 27017, 50051,
]);

function schemeOf(port: number, service: Service): [scheme: 'http', how: string | undefined] {
  if (port === 443 || port === 8443)
    return ['http', 'it speaks TLS, and nobody knows whether its certificate is good for 127.0.0.1'];
  if (notHttp.has(port)) return ['http', `port ${port} does not speak HTTP`];
  const main = mainCommand(service.process.commands)?.name;
  if (main && /^(?:sshd|crond?|supercronic|sleep|tail|postfix|dovecot|openvpn)$/.test(main))
    return ['http', `${main} does not speak HTTP`];
  return ['http', undefined];
}

/** With a route an error answer is a failure; at `/` only a server error is, since 404 and 401 are answers too. */
function request(service: Service, url: string, port: number, strict: boolean): readonly string[] | undefined {
  const { software, shell } = service.image;
  const has = (tool: string) => software.has(tool).presence === 'yes';
  const viaShell = shell === 'yes';
  if (has('curl') && strict) return ['CMD', 'curl', '-fsS', '-o', '/dev/null', url];
  if (has('wget') && strict) return ['CMD', 'wget', '-q', '-O', '/dev/null', url];
  if (has('node')) {
    const good = strict ? 'r.ok' : 'r.status < 500';
    return ['CMD', 'node', '-e', `fetch('${url}').then((r) => process.exit(${good} ? 0 : 1), () => process.exit(1))`];
  }
  for (const python of ['python', 'python3'])
    if (has(python)) {
      const script = strict
        ? `import urllib.request as u; u.urlopen('${url}', timeout=3)`
        : `import http.client as h; c = h.HTTPConnection('127.0.0.1', ${port}, timeout=3); c.request('GET', '/'); exit(c.getresponse().status > 499)`;
      return ['CMD', python, '-c', script];
    }
  if (has('curl') && viaShell) return ['CMD-SHELL', `curl -s -o /dev/null -w '%{http_code}' ${url} | grep -q '^[1-4]'`];
  if (has('wget') && viaShell)
    return ['CMD-SHELL', `wget -S -q -O /dev/null ${url} 2>&1 | grep -q 'HTTP/1.[01] [1-4]'`];
  if (has('ruby'))
    return [
      'CMD',
      'ruby',
      '-rnet/http',
      '-e',
      `exit(Net::HTTP.get_response(URI('${url}')).code.to_i ${strict ? '< 400' : '< 500'})`,
    ];
  if (has('php')) return ['CMD', 'php', '-r', `exit(@fsockopen('127.0.0.1', ${port}, $e, $s, 3) ? 0 : 1);`];
  if (has('nc')) return ['CMD', 'nc', '-z', '-w', '3', '127.0.0.1', String(port)];
  return undefined;
}
