import type { YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import type { Span } from '../../vocabulary/span.ts';
import { canonicalize, omitEmpty } from './canonical.ts';
import { checkAttributes } from './checks.ts';
import { setDefaults } from './defaults.ts';
import { applyExtends } from './extends.ts';
import { applyInclude } from './include.ts';
import { interpolateTree } from './interpolate.ts';
import { beginning, type DocumentScope, noResets, type Resets, type Scope } from './loading.ts';
import { mergeDocuments } from './merge.ts';
import { takeResets } from './reset.ts';
import { resolvePaths } from './resolve-paths.ts';
import { top } from './table/table.ts';
import { mapOf, withoutEntry } from './tree-build.ts';
import { enforceUnicity } from './unicity.ts';
import { validate } from './validate.ts';

/** More Compose files than any project has: a bound for includes and extends that lead to ever new ones. */
const MAX_FILES = 1000;

/** Files that belong together: the project's own (later ones override), or those of one `include`. */
export function loadModel(files: readonly string[], scope: Scope, from?: Span): YamlMap {
  const { skip } = scope.loading;
  let document: YamlMap | undefined;
  for (const file of files) {
    const loaded = loadFile(file, from ?? beginning(file), 'Compose file', document, scope, { bare: false });
    document = loaded?.document ?? document;
  }
  let model = document ?? mapOf([], beginning(files[0] ?? ''));
  if (!skip.defaults) model = setDefaults(model);
  if (!skip.validation) checkAttributes(model, scope.loading);
  // What an include resolves it resolves always: only so do its paths mean the same here.
  if (!skip.pathResolution || from !== undefined) model = resolvePaths(model, scope.base, scope);
  return model;
}

/**
 * Every document costs a pass over all services merged so far (as in compose-go). 20,000 services take 3 s; nobody has
 * as many as this, but a file of many small documents comes here.
 */
const MAX_SERVICES_VISITED = 300_000;

export interface LoadedFile {
  readonly document: YamlMap;
  readonly resets: Resets;
}

/**
 * One file, document by document, put onto what came before it. `bare` is for files that services extend: their own
 * `include` and `extends` are left for later, and only the result is validated.
 */
export function loadFile(
  file: string,
  from: Span,
  what: string,
  before: YamlMap | undefined,
  scope: Scope,
  how: { readonly bare: boolean },
): LoadedFile | undefined {
  const { loading } = scope;
  const text = loading.read(file, from, what);
  if (text === undefined) return undefined;
  loading.filesLoaded += 1;
  if (loading.filesLoaded > MAX_FILES) {
    loading.refuse('too-many-files', `more than ${MAX_FILES} Compose files`, from);
    return undefined;
  }
  const yaml = loading.parse(file, text);
  let document = before;
  let resets: Resets = noResets;
  for (const written of yaml.documents) {
    if (!written) continue;
    const taken = takeResets(written);
    resets = taken.resets;
    document = addDocument(taken.document, document, { ...scope, file, resets }, how.bare) ?? document;
  }
  return { document: document ?? mapOf([], from), resets };
}

/** The phases of one document, in compose-go's order. */
function addDocument(
  written: YamlNode,
  before: YamlMap | undefined,
  scope: DocumentScope,
  bare: boolean,
): YamlMap | undefined {
  const { loading } = scope;
  const { skip } = loading;
  if (written.kind !== 'map') {
    loading.refuse('bad-type', 'top-level object must be a mapping', written.span);
    return undefined;
  }
  loading.servicesVisited += 1 + serviceCount(written) + (before ? serviceCount(before) : 0);
  if (loading.servicesVisited > MAX_SERVICES_VISITED) {
    loading.refuse('too-many-services', 'too many services or documents to load', written.span);
    return undefined;
  }
  let document: YamlMap = written;
  if (!skip.interpolation) {
    const interpolated = interpolateTree(document, scope, top(), '');
    if (interpolated.kind === 'map') document = interpolated;
  }
  // Includes come first, so that a service can extend an included one.
  if (!skip.include && !bare)
    document = applyInclude(document, {
      ...scope,
      chain: scope.chain.includes(scope.file) ? scope.chain : [...scope.chain, scope.file],
    });
  const cleared = before && scope.resets.apply(before);
  if (!skip.extends && !bare) document = applyExtends(document, scope);
  document = cleared ? mergeDocuments(cleared, document, loading) : document;
  document = enforceUnicity(document, loading);
  if (!skip.validation && !bare) {
    validate(document, loading);
    document = dropVersion(document, scope);
  }
  document = omitEmpty(canonicalize(document, loading));
  // A range of ports made long may show that one of them is there already.
  return enforceUnicity(document, loading);
}

function serviceCount(document: YamlMap): number {
  const services = document.entries.get('services')?.value;
  return services?.kind === 'map' ? services.entries.size : 0;
}

function dropVersion(document: YamlMap, scope: DocumentScope): YamlMap {
  const version = document.entries.get('version');
  if (!version) return document;
  scope.loading.warn('obsolete-version', 'the attribute `version` is obsolete, it is ignored', version.keySpan);
  return withoutEntry(document, 'version');
}
