import type { Files } from '../read/files.ts';
import { joinPath } from '../read/paths.ts';
import type { Span } from '../vocabulary/span.ts';
import type { Service } from './service.ts';

/** Where a proxy's configuration sends requests. */
export interface Upstream {
  readonly host: string;
  readonly port: number | undefined;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What puts the file into the container: a mount, or a line of the Dockerfile. */
  readonly broughtBy: Span;
}

const largest = 200_000;
const mostFiles = 50;

/**
 * The upstreams of nginx, HAProxy and Caddy that files of the project name; those in variables, and addresses, are left
 * out. Only files that get into the container are read.
 */
export function proxyUpstreams(files: Files, service: Service): readonly Upstream[] {
  const found: Upstream[] = [];
  for (const { path, target, span } of configurations(files, service)) {
    const read = files.read(path);
    if (!read.ok || read.text.length > largest) continue;
    for (const { host, port, line } of upstreamsIn(read.text, dialectOf(target)))
      found.push({ host, port, line, file: path, broughtBy: span });
  }
  return found;
}

type Dialect = 'nginx' | 'haproxy' | 'caddy';

function dialectOf(target: string): Dialect | undefined {
  if (/^\/etc\/nginx(?:\/|$)/.test(target)) return 'nginx';
  if (/\/haproxy(?:\/|\.cfg$|$)/.test(target)) return 'haproxy';
  return /\/caddy(?:\/|$)|\/Caddyfile$/.test(target) ? 'caddy' : undefined;
}

interface Configuration {
  readonly path: string;
  readonly target: string;
  readonly span: Span;
}

function configurations(files: Files, service: Service): Configuration[] {
  const found: Configuration[] = [];
  const add = (path: string, target: string, span: Span) => {
    if (dialectOf(target) === undefined || found.length >= mostFiles) return;
    if (files.kind(path) === 'file') found.push({ path, target, span });
    else
      for (const { name, kind } of files.list(path).slice(0, mostFiles))
        if (kind === 'file') found.push({ path: joinPath(path, name), target: `${target}/${name}`, span });
  };
  for (const { type, source, target, span } of service.mounts)
    if (type === 'bind' && source !== undefined && !source.startsWith('~')) add(source, target, span);
  const context = service.build?.dockerfile?.context;
  if (context !== undefined)
    for (const { kind, path, source, fromStage, span } of service.image.files)
      if (
        (kind === 'copy' || kind === 'add') &&
        source !== undefined &&
        fromStage === undefined &&
        !source.includes('$')
      )
        add(joinPath(context, source.replace(/^\/+/, '')), path, span);
  return found;
}

/** What sends requests on, and the address it names. */
const statements: Readonly<Record<Dialect, RegExp>> = {
  nginx: /^\s*(?:proxy_pass|grpc_pass|fastcgi_pass|uwsgi_pass|scgi_pass|server)\s+(\S+)/,
  haproxy: /^\s*server\s+\S+\s+(\S+)/,
  caddy: /^\s*reverse_proxy\s+(?:\/\S*\s+|@\S+\s+|\*\s+)?([^\s{]+)/,
};

function upstreamsIn(
  text: string,
  dialect: Dialect | undefined,
): { readonly host: string; readonly port: number | undefined; readonly line: number }[] {
  if (dialect === undefined) return [];
  const groups = new Set<string>();
  const named: { host: string; port: number | undefined; line: number }[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.slice(0, 2000).replace(/(?:^|\s)#.*$/, '');
    // `location / { proxy_pass http://app; }` is one line of several statements.
    for (const statement of dialect === 'nginx' ? line.split(/[;{}]/) : [line]) {
      const group = /^\s*upstream\s+([\w.-]+)/.exec(statement)?.[1];
      if (group !== undefined) groups.add(group);
      const address = statements[dialect].exec(statement)?.[1];
      const parsed = address === undefined ? undefined : hostOf(address);
      if (parsed) named.push({ ...parsed, line: index + 1 });
    }
  }
  return named.filter(({ host }) => !groups.has(host));
}

/** Undefined for sockets, addresses, variables, names with a point (other machines) and nginx's `server_name`-like words. */
function hostOf(address: string): { host: string; port: number | undefined } | undefined {
  const match = /^(?:[a-z0-9+]+:\/\/)?([A-Za-z][\w-]*)(?::(\d{1,5}))?(?:\/.*)?$/.exec(address);
  const host = match?.[1];
  if (host === undefined || host === 'localhost' || host === 'unix' || address.includes('$')) return undefined;
  return { host, port: match?.[2] === undefined ? undefined : Number(match[2]) };
}
