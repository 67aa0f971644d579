import type { YamlMap, YamlNode } from '../read/yaml/tree.ts';
import { parseDuration } from '../vocabulary/duration.ts';
import type { Span } from '../vocabulary/span.ts';
import { entriesOf, itemsOf, text } from './compose/tree-access.ts';

/** `x-seaworthy.drill` of a service as it is written: how it is asked, and what holds for it. All may be left out. */
export interface DrillWishes {
  readonly port?: number;
  readonly protocol?: 'http' | 'tcp';
  readonly requests?: readonly WishedRequest[];
  readonly kinds?: readonly WishedKind[];
  /** Requests a second. */
  readonly rate?: number;
  readonly readiness?: string;
  readonly liveness?: string;
  readonly noticeMs?: number;
  readonly balancerRetries?: boolean;
  /** What its HEALTHCHECK is meant to tell. */
  readonly health?: 'liveness' | 'readiness';
  /** Whether it may reach the world outside. */
  readonly egress?: 'none' | 'allowed';
  /** Drills that are not run on it, and why. */
  readonly skip?: ReadonlyMap<string, string>;
}

export interface WishedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly expect?: readonly number[];
}

export const wishedKinds = ['keep-alive', 'fresh', 'slow', 'websocket', 'sse', 'tcp'] as const;
export type WishedKind = (typeof wishedKinds)[number];

export interface WishFault {
  readonly span: Span;
  readonly message: string;
}

/** Reads them. Never throws: what is wrong is a fault, and that key is as if it were not there. */
export function drillWishes(node: YamlNode): { readonly wishes: DrillWishes; readonly faults: readonly WishFault[] } {
  const reading = new Reading();
  return { wishes: reading.wishes(node), faults: reading.faults };
}

/** Those of a service; nothing where it has none. */
export function wishesOf(compose: YamlMap | undefined): DrillWishes {
  const ours = compose?.entries.get('x-seaworthy')?.value;
  const node = ours?.kind === 'map' ? ours.entries.get('drill')?.value : undefined;
  return node ? drillWishes(node).wishes : {};
}

class Reading {
  readonly faults: WishFault[] = [];

  wishes(node: YamlNode): DrillWishes {
    if (node.kind !== 'map') return this.#fault(node, '"drill" must be a mapping') ?? {};
    const read: Record<string, unknown> = {};
    for (const [key, value] of entriesOf(node)) {
      const one = this.#one(key, value);
      if (one !== undefined) read[one[0]] = one[1];
    }
    return read;
  }

  #one(key: string, node: YamlNode): readonly [keyof DrillWishes, unknown] | undefined {
    const pair = (name: keyof DrillWishes, value: unknown) =>
      value === undefined ? undefined : ([name, value] as const);
    switch (key) {
      case 'port':
        return pair('port', this.#number(node, '"port"', 1, 65_535));
      case 'protocol':
        return pair('protocol', this.#oneOf(node, '"protocol"', ['http', 'tcp']));
      case 'requests':
        return pair('requests', this.#requests(node));
      case 'kinds':
        return pair('kinds', this.#kinds(node));
      case 'rate':
        return pair('rate', this.#number(node, '"rate"', 1, 5000));
      case 'readiness':
      case 'liveness':
        return pair(key, this.#path(node, `"${key}"`));
      case 'notice':
        return pair('noticeMs', this.#duration(node));
      case 'balancer-retries':
        return pair('balancerRetries', this.#boolean(node, '"balancer-retries"'));
      case 'health':
        return pair('health', this.#oneOf(node, '"health"', ['liveness', 'readiness']));
      case 'egress':
        return pair('egress', this.#oneOf(node, '"egress"', ['none', 'allowed']));
      case 'skip':
        return pair('skip', this.#skip(node));
      default:
        return this.#fault(node, `"${key}" is no setting of a drill`);
    }
  }

  #requests(node: YamlNode): WishedRequest[] | undefined {
    if (node.kind !== 'list') return this.#fault(node, '"requests" must be a list');
    const requests = itemsOf(node).flatMap((item) => this.#request(item) ?? []);
    return requests.length > 0 ? requests : undefined;
  }

  #request(node: YamlNode): WishedRequest | undefined {
    if (node.kind === 'scalar') {
      const path = this.#path(node, 'A request');
      return path === undefined ? undefined : { method: 'GET', path };
    }
    if (node.kind !== 'map')
      return this.#fault(node, 'A request is a path, or { method, path, headers, body, expect }');
    const request: { -readonly [Key in keyof WishedRequest]?: WishedRequest[Key] } = {};
    for (const [key, value] of entriesOf(node)) {
      if (key === 'path') request.path = this.#path(value, '"path"') ?? '/';
      else if (key === 'method') {
        const method = text(value)?.toUpperCase();
        if (method && /^[A-Z]+$/.test(method)) request.method = method;
        else this.#fault(value, '"method" must be the name of an HTTP method');
      } else if (key === 'body') request.body = text(value) ?? '';
      else if (key === 'headers') request.headers = this.#headers(value);
      else if (key === 'expect') {
        const codes = (value.kind === 'list' ? itemsOf(value) : [value]).map((code) =>
          this.#number(code, '"expect"', 100, 599),
        );
        request.expect = codes.filter((code) => code !== undefined);
      } else this.#fault(value, `"${key}" is no part of a request`);
    }
    const { path, method = request.body === undefined ? 'GET' : 'POST', ...rest } = request;
    return path === undefined ? this.#fault(node, 'A request needs a "path"') : { method, path, ...rest };
  }

  #headers(node: YamlNode): Record<string, string> {
    if (node.kind !== 'map') this.#fault(node, '"headers" must be a mapping');
    const headers: Record<string, string> = {};
    for (const [name, value] of entriesOf(node)) {
      const line = text(value) ?? '';
      if (/[\r\n]/.test(line) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) this.#fault(value, `"${name}" is no header`);
      else headers[name.toLowerCase()] = line;
    }
    return headers;
  }

  #kinds(node: YamlNode): WishedKind[] | undefined {
    const items = node.kind === 'list' ? itemsOf(node) : [node];
    const kinds = items.flatMap((item) => this.#oneOf(item, 'A kind', wishedKinds) ?? []);
    return kinds.length > 0 ? kinds : undefined;
  }

  #skip(node: YamlNode): Map<string, string> | undefined {
    if (node.kind !== 'map') return this.#fault(node, '"skip" must be a mapping from drills to the reason');
    const skip = new Map<string, string>();
    for (const [drill, reason] of entriesOf(node)) {
      const why = text(reason)?.trim();
      if (why) skip.set(drill, why);
      else this.#fault(reason, `"${drill}" is skipped with a reason`);
    }
    return skip;
  }

  #path(node: YamlNode, what: string): string | undefined {
    const path = text(node);
    if (path !== undefined && /^\/[^\s]*$/.test(path)) return path;
    return this.#fault(node, `${what} must be a path that begins with /`);
  }

  #duration(node: YamlNode): number | undefined {
    const ms = parseDuration(text(node) ?? '');
    return ms === undefined || ms < 10 || ms > 60_000 ? this.#fault(node, '"notice" must be from 10ms to 60s') : ms;
  }

  #number(node: YamlNode, what: string, least: number, most: number): number | undefined {
    const number = Number(text(node) ?? Number.NaN);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    return this.#fault(node, `${what} must be a whole number from ${least} to ${most}`);
  }

  #boolean(node: YamlNode, what: string): boolean | undefined {
    const value = node.kind === 'scalar' ? node.value : undefined;
    return typeof value === 'boolean' ? value : this.#fault(node, `${what} must be true or false`);
  }

  #oneOf<const T extends string>(node: YamlNode, what: string, values: readonly T[]): T | undefined {
    const found = values.find((value) => value === text(node));
    return found ?? this.#fault(node, `${what} must be one of ${values.join(', ')}`);
  }

  #fault(node: YamlNode, message: string): undefined {
    this.faults.push({ span: node.span, message });
    return undefined;
  }
}
