import { dirName, joinPath } from '../../read/paths.ts';
import type { YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import { lazily } from '../../vocabulary/lazily.ts';
import type { DocumentScope, Resets } from './loading.ts';
import { mergeNodes } from './merge.ts';
import { loadFile } from './phases.ts';
import { isRemote } from './remote.ts';
import { resolvePaths } from './resolve-paths.ts';
import { placeOf, top } from './table/table.ts';
import { child, text } from './tree-access.ts';
import { entryOf, mapOf, withEntry, withoutEntry } from './tree-build.ts';

interface Base {
  readonly services: Map<string, YamlNode>;
  readonly resets: Resets;
}

interface Step {
  readonly file: string;
  readonly service: string;
}

const servicePlace = lazily(() => placeOf(placeOf(top(), 'services'), 'x'));

/** Puts each service onto the one it extends. Names found in the same file are resolved once and shared. */
export function applyExtends(document: YamlMap, scope: DocumentScope): YamlMap {
  const services = document.entries.get('services')?.value;
  if (services?.kind !== 'map') return document;
  const work = new Extending(scope);
  const table = new Map([...services.entries.values()].map((entry) => [entry.key, entry.value]));
  for (const name of services.entries.keys()) {
    const merged = work.service(name, table, scope.resets, scope.file, []);
    if (merged) table.set(name, merged);
  }
  const entries = [...services.entries.values()].map((entry) => ({
    ...entry,
    value: table.get(entry.key) ?? entry.value,
  }));
  return withEntry(document, 'services', { ...services, entries: mapOf(entries, services.span).entries });
}

class Extending {
  readonly #scope: DocumentScope;
  readonly #files = new Map<string, Base | undefined>();

  constructor(scope: DocumentScope) {
    this.#scope = scope;
  }

  /** `file` is where `services` are from: a service and its file tell whether the way comes back to where it was. */
  service(
    name: string,
    services: Map<string, YamlNode>,
    resets: Resets,
    file: string,
    way: readonly Step[],
  ): YamlNode | undefined {
    const { loading } = this.#scope;
    const service = services.get(name);
    if (service?.kind !== 'map') return service;
    const extend = service.entries.get('extends');
    if (!extend) return service;
    const from = extend.value;
    const ref = from.kind === 'scalar' ? text(from) : text(child(from, 'service'));
    if (ref === undefined) {
      loading.refuse('bad-extends', `extends.${name}.service is required`, from.span);
      return withoutEntry(service, 'extends');
    }
    const other = child(from, 'file');
    const otherFile = text(other);
    let known = services;
    let processor = resets;
    if (other && otherFile !== undefined) {
      const base = this.#base(otherFile, other, name);
      if (!base) {
        loading.incomplete.add(name);
        return withoutEntry(service, 'extends');
      }
      known = new Map(base.services);
      processor = base.resets;
    }
    if (!known.has(ref)) {
      const where = otherFile === undefined ? '' : ` in ${otherFile}`;
      loading.refuse(
        'undefined-service',
        `cannot extend service "${name}" in ${file}: service "${ref}" not found${where}`,
        from.span,
      );
      return withoutEntry(service, 'extends');
    }
    const step = { file, service: name };
    if (
      way.some((earlier) => earlier.file === step.file && earlier.service === step.service) ||
      way.length > MAX_STEPS
    ) {
      const lines = [...way, step].slice(-10).map((at) => `${at.service} in ${at.file}`);
      loading.refuse('extends-cycle', `circular reference: ${lines.join(' extends ')}`, from.span);
      return withoutEntry(service, 'extends');
    }
    const whence = otherFile === undefined ? file : joinPath(this.#scope.directory, otherFile);
    const base = this.service(ref, known, processor, whence, [...way, step]);
    if (known === services && base) services.set(ref, base);
    if (loading.incomplete.has(ref)) loading.incomplete.add(name);
    if (base?.kind !== 'map')
      return base === undefined || base.kind === 'scalar' ? withoutEntry(service, 'extends') : service;
    const merged = this.#merge(base, service, name, resets);
    services.set(name, merged);
    return merged;
  }

  #merge(base: YamlMap, service: YamlMap, name: string, resets: Resets): YamlMap {
    const wrapped = mapOf([entryOf('services', mapOf([entryOf(name, base)], base.span))], base.span);
    const cleared = resets.apply(wrapped).entries.get('services')?.value;
    const source = (cleared?.kind === 'map' ? cleared.entries.get(name)?.value : undefined) ?? mapOf([], base.span);
    const merged = mergeNodes(source, service, servicePlace(), `services.${name}`, this.#scope.loading);
    return merged.kind === 'map' ? { ...withoutEntry(merged, 'extends'), span: service.span } : service;
  }

  /** The services of another file, its paths seen from here; undefined where it cannot be read. */
  #base(file: string, from: YamlNode, name: string): Base | undefined {
    const { loading, directory } = this.#scope;
    // However it is written (`./x`, `././x`), it is one file.
    const path = joinPath(directory, file);
    if (this.#files.has(path)) return this.#files.get(path);
    if (isRemote(file, this.#scope)) {
      loading.warn('remote-resource', `service "${name}" extends ${file}, which is not fetched`, from.span);
      this.#files.set(path, undefined);
      return undefined;
    }
    const loaded = loadFile(path, from.span, 'extended file', undefined, this.#scope, { bare: true });
    const services = loaded?.document.entries.get('services')?.value;
    let base: Base | undefined;
    if (loaded && services?.kind !== 'map') {
      loading.refuse('bad-extends', `cannot extend service "${name}" in ${file}: no services section`, from.span);
    } else if (loaded) {
      const resolved = resolvePaths(loaded.document, dirName(file), this.#scope).entries.get('services')?.value;
      const table = new Map(
        resolved?.kind === 'map' ? [...resolved.entries.values()].map((entry) => [entry.key, entry.value]) : [],
      );
      base = { services: table, resets: loaded.resets };
    }
    this.#files.set(path, base);
    return base;
  }
}

/** Nobody extends so often; a bound for chains through ever new files. */
const MAX_STEPS = 500;
