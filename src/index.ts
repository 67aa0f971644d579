/**
 * Seaworthy as a library. Nothing here writes, runs or asks a network; `check` and `fix` read only what they are given,
 * or the directory they are pointed at.
 */

import type { DrillOptions } from './drills/drill-project.ts';
import { mendProjects } from './fix/mend-projects.ts';
import { type Baseline, baselineOf, type SourceLine, withBaseline } from './judge/baseline.ts';
import type { Configuration } from './judge/config/configuration.ts';
import { configurationFrom } from './judge/config/configuration-from.ts';
import { configurationNames, findConfiguration } from './judge/config/find-configuration.ts';
import type { ConfigInput } from './judge/config/input.ts';
import { judgePart } from './judge/judge-part.ts';
import { mergeVerdicts, sourceLineOf } from './judge/merge-verdicts.ts';
import { proofFrom, refuseForeignProof } from './judge/proof/read-proof.ts';
import type { LoadOptions } from './model/compose/load.ts';
import { loadComposeProject } from './model/compose/load.ts';
import { plainModel } from './model/compose/plain.ts';
import type { Json } from './model/compose/tree-access.ts';
import { type FoundProject, findProjects } from './model/find-projects.ts';
import { kindOf } from './model/lone-file.ts';
import type { Project } from './model/project.ts';
import { readProject } from './model/read-project.ts';
import { parseDockerfile as parseDockerfileTree } from './read/dockerfile/parse.ts';
import { type DockerfileJson, dockerfileJson } from './read/dockerfile/plain.ts';
import type { Files } from './read/files.ts';
import { diskFiles } from './read/files-disk.ts';
import { memoryFiles } from './read/files-memory.ts';
import { SourceText } from './read/text.ts';
import { renderDiff } from './report/diff.ts';
import { allRules } from './rules/registry.ts';
import type { Rule } from './rules/rule.ts';
import type { DrillReport } from './vocabulary/drill.ts';
import { SeaworthyError } from './vocabulary/error.ts';
import type { Fault } from './vocabulary/fault.ts';
import type { MendedFinding, RemainingFinding } from './vocabulary/mending.ts';
import type { Position, Span } from './vocabulary/span.ts';
import type { Verdict } from './vocabulary/verdict.ts';

export type { Baseline, BaselineEntry } from './judge/baseline.ts';
export type { ConfigInput, IgnoreInput, RuleInput } from './judge/config/input.ts';
export type { DockerfileJson, InstructionJson } from './read/dockerfile/plain.ts';
export type { DrillOptions } from './drills/drill-project.ts';
export type {
  DrillEvent,
  DrillReport,
  DrillResult,
  Evidence,
  Outcome,
  RequestCount,
  StandIn,
  Timeline,
} from './vocabulary/drill.ts';
export type { ErrorCode } from './vocabulary/error.ts';
export { SeaworthyError } from './vocabulary/error.ts';
export type { Finding, Place } from './vocabulary/finding.ts';
export type { Edit, Fix } from './vocabulary/fix.ts';
export type { Change, MendedFinding, RemainingFinding } from './vocabulary/mending.ts';
export type { Confidence, Severity } from './vocabulary/severity.ts';
export type { Position, Span } from './vocabulary/span.ts';
export type {
  ChecklistItemState,
  ChecklistState,
  ItemState,
  RuleFailure,
  ServiceSummary,
  Setting,
  SuppressedFinding,
  Verdict,
} from './vocabulary/verdict.ts';

/** Texts by path (nothing on disk is touched), or a directory. */
export type Input = { readonly files: Readonly<Record<string, string>> } | { readonly directory: string };

export interface CheckOptions {
  /** Ids of rules; only these run. */
  readonly only?: readonly string[];
  /** Ids of opt-in rules to run besides; `all` for every one. */
  readonly optIn?: readonly string[];
  /** Compose files, as `-f`; without it they are found as Compose finds them. */
  readonly composeFiles?: readonly string[];
  readonly profiles?: readonly string[];
  readonly envFiles?: readonly string[];
  readonly projectName?: string;
  /** The environment Compose would be called in. Default: empty, so that a verdict does not depend on who asks. */
  readonly env?: Readonly<Record<string, string>>;
  /** The day to judge end-of-life dates by, `2026-11-21`; default: today. */
  readonly today?: string;
  /**
   * What `seaworthy.yaml` would say, as an object; then no such file is read. `false`: no configuration at all, that of
   * services (`x-seaworthy`) included. Default: for each project the nearest file upward from its Compose file.
   */
  readonly config?: ConfigInput | false;
  /** Findings that are known already, as `baseline()` gave them: they go to `suppressed`. */
  readonly baseline?: Baseline;
  /** What `drill()` gave, or its JSON read back: checklist items are settled by it. `bad-config` where it is no such report. */
  readonly drills?: DrillReport;
}

/**
 * Judges a project: Dockerfiles, Compose files, .dockerignore and env files together, as they would really run. A lone
 * Dockerfile or Compose file is a project too. Of several projects below, as in a monorepo, it gives one verdict, the same
 * as the command line. Rejects with a `SeaworthyError` only when it cannot look at all.
 */
export async function check(input: Input, options: CheckOptions = {}): Promise<Verdict> {
  return judged(input, options).verdict;
}

/** What a project's findings are today, for the `baseline` of later checks. What it accepts itself is not among them. */
export async function baseline(input: Input, options: CheckOptions = {}): Promise<Baseline> {
  const { verdict, sourceLine } = judged(input, options);
  return baselineOf(verdict, sourceLine);
}

export interface DrillInputOptions extends DrillOptions {
  readonly composeFiles?: readonly string[];
  readonly profiles?: readonly string[];
  readonly envFiles?: readonly string[];
  readonly projectName?: string;
  /** The environment Compose would be called in. Default: empty. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Proves on a live engine what holds of the project in a directory. It runs as a copy, with throwaway data, and all that
 * is made is removed; see `drillProject`. Of several projects below the directory the first is drilled.
 */
export async function drill(
  input: { readonly directory: string },
  options: DrillInputOptions = {},
): Promise<DrillReport> {
  const { drillProject } = await import('./drills/drill-project.ts');
  const [found] = projectsOf(input, options);
  if (!found) throw new SeaworthyError('no-project', `there is no project in ${input.directory}`);
  return drillProject(readProject(found.files, found.options, found.loaded), options);
}

export interface FixLevel {
  /** `safe`: what cannot make a working service fail. `review`: also what might; each names the drill that would show it. */
  readonly level?: 'safe' | 'review';
  /** Ids of rules; only their findings are mended. */
  readonly only?: readonly string[];
  /** Only findings about these services are mended. */
  readonly services?: readonly string[];
  /** `cache-mounts`: downloads of package managers go to BuildKit cache mounts, rather than being cleaned up. */
  readonly style?: 'usual' | 'cache-mounts';
}

export interface FixResult {
  /** New texts of the files that change, by path. Nothing was written. */
  readonly files: Readonly<Record<string, string>>;
  /** What was mended, and by which change. */
  readonly applied: readonly MendedFinding[];
  /** What remains, and why; places are those in the new texts. */
  readonly left: readonly RemainingFinding[];
  /** All changes as a unified diff. Secrets are masked: apply `files`, not this. */
  readonly diff: string;
}

/**
 * Mends what `check` finds, in memory: gives the new texts and writes nothing. Every byte that need not change stays. A
 * change that would lose a comment, alter anything it does not name, or bring another finding is not made.
 */
export async function fix(
  input: Input,
  options: Omit<CheckOptions, 'only' | 'baseline' | 'drills'> & FixLevel = {},
): Promise<FixResult> {
  const { level = 'safe', only, services } = options;
  refuseUnknownRules([...(only ?? []), ...(options.optIn ?? [])]);
  const isAll = only?.includes('all') === true;
  const { files, mending } = await mendProjects(projectsOf(input, options), {
    level,
    rules: allRules,
    configurationOf: (project) => configurationOf(project, options),
    // A rule that is named is meant, opt-in or not.
    optIn: [...(options.optIn ?? []), ...(only ?? [])],
    ...(only && !isAll ? { only } : {}),
    ...(services ? { services } : {}),
    ...(options.style === 'cache-mounts' ? { wishes: { caches: 'mounted' } } : {}),
  });
  const { applied, left, diffs } = mending;
  return { files: Object.fromEntries(files), applied, left, diff: renderDiff(diffs, { color: false }) };
}

function judged(input: Input, options: CheckOptions): { verdict: Verdict; sourceLine: SourceLine } {
  const projects = projectsOf(input, options);
  refuseUnknownRules([...(options.only ?? []), ...(options.optIn ?? [])]);
  const proof = options.drills === undefined ? undefined : proofFrom(options.drills, 'drills');
  const parts = projects.map((one) => {
    const project = readProject(one.files, one.options, one.loaded);
    return judgePart(
      project,
      { ...configurationOf(project, options), isShared: projects.length > 1 },
      {
        ...(options.only ? { only: options.only } : {}),
        ...(options.optIn ? { optIn: options.optIn } : {}),
        ...(proof ? { proof } : {}),
      },
    );
  });
  const verdict = mergeVerdicts(parts);
  if (proof) refuseForeignProof(proof, verdict.services, 'drills');
  const sourceLine = sourceLineOf(parts);
  if (!options.baseline) return { verdict, sourceLine };
  return { verdict: withBaseline(verdict, options.baseline, { sourceLine, name: 'baseline' }), sourceLine };
}

function projectsOf(input: Input, options: CheckOptions): FoundProject[] {
  const lone = loneFile(input);
  const composeFiles = options.composeFiles ?? (lone?.kind === 'compose' ? [lone.path] : undefined);
  return findProjects(
    filesOf(input),
    {
      ...(lone?.kind === 'dockerfile' ? { dockerfiles: [lone.path] } : {}),
      compose: {
        env: options.env ?? {},
        ...(composeFiles ? { files: composeFiles } : {}),
        ...(options.profiles ? { profiles: options.profiles } : {}),
        ...(options.envFiles ? { envFiles: options.envFiles } : {}),
        ...(options.projectName === undefined ? {} : { projectName: options.projectName }),
      },
      today: options.today ?? new Date().toISOString().slice(0, 10),
    },
    configurationNames,
    'directory' in input ? () => filesOf(input) : undefined,
  );
}

function configurationOf(project: Project, { config }: CheckOptions): Configuration {
  return config === undefined ? findConfiguration(project) : configurationFrom(config);
}

function refuseUnknownRules(ids: readonly string[]): void {
  for (const id of ids) {
    if (id !== 'all' && !allRules.some((rule) => rule.id === id))
      throw new SeaworthyError('unknown-rule', `There is no rule "${id}"`, { hint: 'rules() lists them all.' });
  }
}

export type RuleMetadata = Pick<
  Rule,
  'id' | 'summary' | 'why' | 'sources' | 'severity' | 'confidence' | 'since' | 'mission' | 'aliases' | 'drill'
> & { readonly optIn: boolean };

/** Every rule's metadata, sorted by id. */
export function rules(): readonly RuleMetadata[] {
  return allRules.map((rule) => ({
    id: rule.id,
    summary: rule.summary,
    why: rule.why,
    sources: rule.sources,
    severity: rule.severity,
    confidence: rule.confidence,
    since: rule.since,
    mission: rule.mission,
    aliases: rule.aliases,
    ...(rule.drill ? { drill: rule.drill } : {}),
    optIn: rule.optIn === true,
  }));
}

/** A Dockerfile as plain data, read as BuildKit reads it; what BuildKit refuses is in `faults`. Never throws. */
export function parseDockerfile(text: string): DockerfileJson {
  return dockerfileJson(parseDockerfileTree(text));
}

export interface ComposeResult {
  /** The merged canonical model in the shape of `docker compose config --format json`. */
  readonly model: Json;
  /** What Compose refuses; empty when it would start. */
  readonly errors: readonly ComposeFault[];
  /** What Compose only warns of. */
  readonly warnings: readonly ComposeFault[];
}

export interface ComposeFault {
  readonly code: string;
  readonly message: string;
  readonly file: string;
  readonly span: { readonly start: Position; readonly end: Position };
}

export type ComposeInput = Input &
  Omit<LoadOptions, 'files'> & {
    /** Compose files in order, as `-f`. */
    readonly composeFiles?: readonly string[];
  };

/** Loads a Compose project as Compose does: found, interpolated, included, extended, merged, canonical. Never throws. */
export function loadCompose(input: ComposeInput): ComposeResult {
  const {
    composeFiles,
    files: _files,
    directory: _directory,
    ...options
  } = input as ComposeInput & {
    files?: unknown;
    directory?: unknown;
  };
  const project = loadComposeProject(filesOf(input), { ...options, ...(composeFiles ? { files: composeFiles } : {}) });
  const sources = new Map(project.sources.map((source) => [source.path, source]));
  const shown = (fault: Fault): ComposeFault => ({
    code: fault.code,
    message: fault.message,
    ...placeOf(fault.span, sources),
  });
  return {
    model: plainModel(project),
    errors: project.faults.filter((fault) => fault.refused).map(shown),
    warnings: project.faults.filter((fault) => !fault.refused).map(shown),
  };
}

/** A single text is judged for what it says, whatever it is called. */
function loneFile(input: Input): { path: string; kind: 'compose' | 'dockerfile' } | undefined {
  if (!('files' in input) || !input.files) return undefined;
  const paths = Object.keys(input.files);
  const [path] = paths;
  return paths.length === 1 && path !== undefined ? { path, kind: kindOf(path, input.files[path] ?? '') } : undefined;
}

function placeOf(span: Span, sources: ReadonlyMap<string, SourceText>) {
  const source = sources.get(span.file) ?? new SourceText(span.file, '');
  return { file: span.file, span: { start: source.positionAt(span.start), end: source.positionAt(span.end) } };
}

function filesOf(input: Input): Files {
  if ('files' in input && input.files) return memoryFiles({ ...input.files });
  if ('directory' in input && input.directory) {
    const files = diskFiles(input.directory);
    if (files.kind('.') !== 'directory')
      throw new SeaworthyError('no-project', `There is no directory "${input.directory}"`, {
        hint: 'Name a directory that exists.',
      });
    return files;
  }
  throw new SeaworthyError('usage', 'Neither files nor a directory was given', { hint: "check({ directory: '.' })" });
}
