import type { YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import type { Span } from '../../vocabulary/span.ts';
import type { ConfigFault } from './configuration.ts';

/**
 * Takes a configuration's nodes apart and notes what is wrong with them. What is wrong is left out and the rest counts:
 * one typing error must not bring back every finding that was accepted.
 */
export class Fields {
  readonly faults: ConfigFault[] = [];

  fault(at: Span, message: string): undefined {
    this.faults.push({ at, message });
    return undefined;
  }

  /** A mapping with these keys only; `what` names it in messages. */
  map(node: YamlNode, what: string, keys: readonly string[]): YamlMap | undefined {
    if (node.kind !== 'map') return this.fault(node.span, `${what} must be a mapping with ${listed(keys)}`);
    for (const entry of node.entries.values())
      if (!keys.includes(entry.key))
        this.fault(entry.keySpan, `${what} has no key "${shown(entry.key)}"; it has ${listed(keys)}`);
    return node;
  }

  list(node: YamlNode, what: string): readonly YamlNode[] {
    if (node.kind === 'list') return node.items;
    this.fault(node.span, `${what} must be a list`);
    return [];
  }

  text(node: YamlNode, what: string): string | undefined {
    if (node.kind === 'scalar' && typeof node.value === 'string' && node.value.trim() !== '') return node.value;
    return this.fault(node.span, `${what} must be a text`);
  }

  /** One text, or a list of at least one. */
  texts(node: YamlNode, what: string): { value: string; span: Span }[] {
    const nodes = node.kind === 'list' ? node.items : [node];
    if (nodes.length === 0) this.fault(node.span, `${what} must name at least one`);
    return nodes.flatMap((one) => {
      const value = this.text(one, what);
      return value === undefined ? [] : [{ value, span: one.span }];
    });
  }

  boolean(node: YamlNode, what: string): boolean | undefined {
    if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
    return this.fault(node.span, `${what} must be true or false`);
  }

  oneOf<T extends string>(node: YamlNode, what: string, allowed: readonly T[]): T | undefined {
    const found = node.kind === 'scalar' ? allowed.find((one) => one === node.value) : undefined;
    return found ?? this.fault(node.span, `${what} must be ${listed(allowed, 'or')}`);
  }

  date(node: YamlNode, what: string): string | undefined {
    if (node.kind === 'scalar' && typeof node.value === 'string' && isDay(node.value)) return node.value;
    return this.fault(node.span, `${what} must be a day such as 2027-01-31`);
  }
}

/** `2027-01-31`, as the schema has it; days are compared as texts, so the 31st of a short month is its last. */
export function isDay(text: string): boolean {
  return /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text);
}

function listed(words: readonly string[], last = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

function shown(key: string): string {
  return key.length > 60 ? `${key.slice(0, 60)}…` : key;
}
