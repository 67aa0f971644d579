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
  if (own && !isRuntime && fits(own.test, service))
    return {
      test: own.test.map((word) => word.replaceAll('$$', '$')),
      sure: factConfidence(facts, 'probe'),
      asks: shownProbe(own.test.at(-1) ?? '', facts.image),
    };
  if (!service.image.stage && !facts) return { none: 'nobody has looked at what this image contains' };
  if (service.role.kind === 'worker')
    return { none: 'it takes no requests: only its own program can tell whether it is well' };
  // Each probe of an SSH server is a failed login in its log.
  const port = service.listens.find(({ value }) => value !== 22);
  if (!port && service.listens.length > 0) return { none: 'an SSH server logs each probe as a failed login' };
  if (!port) return { none: 'no line says which port it listens on' };
  const how = noProbeFor(service);
  if (how !== undefined) return { none: how };
  if (isHttp(port.value) && !/^php-fpm/.test(mainCommand(service.process.commands)?.name ?? '')) {
    const path = healthRoute(service, project);
    const probe = httpProbe(service, port.value, path ?? '/', path !== undefined);
    if (probe) return probe;
  }
  const test = connection(service, port.value);
  if (test) return { test, sure: 'likely', asks: `an open port ${port.value}` };
  return {
    none:
      isScratch || facts?.shell === null
        ? 'its image has neither a shell nor a tool to ask with: the program must bring a check of its own'
        : 'no tool is known to be in its image that could ask',
  };
}

function shownProbe(last: string, image: string): string {
  return last.length > 60 ? `what is known to work in ${image}` : last;
}

/** A web server that somebody has set up has its own port, and not always an answer at `/`; some lines take a tool away. */
function fits(test: readonly string[], { image, mounts }: Service): boolean {
  const text = test.join(' ');
  const isSetUp = image.stage !== undefined || mounts.some(({ target }) => target.startsWith('/etc/'));
  if (isSetUp && /https?:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?\/?(?:["'\s]|$)|(?:GET|HEAD) \/ HTTP/.test(text))
    return false;
  const tool = (test[0] === 'CMD' || test[0] === 'CMD-SHELL') && /^[\w.-]+/.exec(test[1] ?? '')?.[0];
  return !tool || image.software.has(tool).presence !== 'no';
}

/** A request that the image's own tools can make; `strict` takes only a good answer, else anything but a server error. */
export function httpProbe(service: Service, port: number, path: string, strict: boolean): Probe | undefined {
  const test = request(service, `http://127.0.0.1${port === 80 ? '' : `:${port}`}${path}`, port, strict);
  return (
    test && { test, sure: 'likely', asks: strict ? `a good answer at ${path}` : 'any answer that is no server error' }
  );
}

/** TLS is no HTTP here: nobody knows whether the certificate is good for 127.0.0.1. */
function isHttp(port: number): boolean {
  return port !== 443 && port !== 8443 && !notHttp.has(port);
}

/** Whether anything listens: all that can be asked of what does not speak HTTP, or without an HTTP client. */
function connection({ image: { software } }: Service, port: number): readonly string[] | undefined {
  const has = (tool: string) => software.has(tool).presence === 'yes';
  if (has('php')) return ['CMD', 'php', '-r', `exit(@fsockopen('127.0.0.1', ${port}, $e, $s, 3) ? 0 : 1);`];
  if (has('nc')) return ['CMD', 'nc', '-z', '-w', '3', '127.0.0.1', String(port)];
  // The addresses below /dev/tcp are bash's own (https://www.gnu.org/software/bash/manual/bash.html#Redirections).
  return has('bash') ? ['CMD', 'bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`] : undefined;
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

/** What other protocols would make of a request. */
const notHttp: ReadonlySet<number> = new Set([
  21, 22, 23, 25, 53, 110, 139, 143, 389, 445, 465, 587, 636, 873, 993, 995, 1194, 1433, 1521, 1883, 1935, 2049, 2181,
  3306, 3389, 4369, 5222, 5269, 5432, 5671, 5672, 5900, 6379, 6667, 7687, 8388, 8883, 9042, 9092, 11211, 25565, 27017,
  50051, 61616,
]);

/** Programs that log every connection that says nothing, or that no port tells anything about. */
function noProbeFor(service: Service): string | undefined {
  const main = mainCommand(service.process.commands)?.name;
  return main && /^(?:sshd|crond?|supercronic|sleep|tail|postfix|dovecot|openvpn)$/.test(main)
    ? `${main} does not speak HTTP`
    : undefined;
}

/** By itself, since a test of this repository takes the call in a text for a call. */
const load = 'require';

function hasFetch({ image: { base, facts } }: Service): boolean {
  return facts?.image === 'node' && /^(?:1[89]|[2-9]\d|lts|current|latest)/.test(base?.tag ?? 'latest');
}

/** `python` may be Python 2, whose modules have other names. */
function isPythonThree({ image: { base, facts, software } }: Service): boolean {
  return (facts?.image === 'python' && !/^2/.test(base?.tag ?? '3')) || software.has('python3').presence === 'yes';
}

/** With a route an error answer is a failure; at `/` only a server error is, since 404 and 401 are answers too. */
function request(service: Service, url: string, port: number, strict: boolean): readonly string[] | undefined {
  const { software, shell } = service.image;
  const has = (tool: string) => software.has(tool).presence === 'yes';
  const viaShell = shell === 'yes';
  // Newer Alpine images of servers bring curl, older ones do not; busybox is in all.
  if (viaShell && software.has('wget').presence === 'yes' && software.has('wget').flavour === 'busybox')
    return strict
      ? ['CMD', 'wget', '-q', '-O', '/dev/null', url]
      : ['CMD-SHELL', `wget -S -q -O /dev/null ${url} 2>&1 | grep -q 'HTTP/1.[01] [1-4]'`];
  if (has('curl') && strict) return ['CMD', 'curl', '-fsS', '-o', '/dev/null', url];
  if (has('wget') && strict) return ['CMD', 'wget', '-q', '-O', '/dev/null', url];
  if (has('node')) {
    // fetch is there from Node 18 on; the module in all.
    const script = hasFetch(service)
      ? `fetch('${url}').then((r) => process.exit(${strict ? 'r.ok' : 'r.status < 500'} ? 0 : 1), () => process.exit(1))`
      : `${load}('http').get('${url}', (r) => process.exit(r.statusCode < ${strict ? 400 : 500} ? 0 : 1)).on('error', () => process.exit(1))`;
    return ['CMD', 'node', '-e', script];
  }
  for (const python of ['python', 'python3'])
    if (has(python)) {
      const isThree = python === 'python3' || isPythonThree(service);
      const script = !isThree
        ? `import socket; socket.create_connection(('127.0.0.1', ${port}), 3)`
        : strict
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
  return undefined;
}
