import { maskedLines } from '../model/masked-lines.ts';
import type { Project } from '../model/project.ts';
import { allRules } from '../rules/registry.ts';
import type { Severity } from '../vocabulary/severity.ts';
import type { StackGraph } from '../vocabulary/stack-graph.ts';
import type { Verdict } from '../vocabulary/verdict.ts';
import type { SourceLine } from './baseline.ts';
import type { Configuration } from './config/configuration.ts';
import { withSources } from './config/with-sources.ts';
import { type JudgeOptions, judge } from './judge.ts';
import { Places } from './places.ts';
import { stackGraph } from './stack-graph.ts';

/** What one of several projects, or a part of one, comes to. */
export interface JudgedPart {
  readonly verdict: Verdict;
  /** A line of a judged file as the verdict names it, secrets masked; undefined for files of others. */
  readonly sourceLine: SourceLine;
  /** The configuration file it was judged by, as the verdict names it. */
  readonly configuredBy: string | undefined;
  readonly failOn: Severity | 'never' | undefined;
  /** What joins its services; worked out when asked for. */
  readonly graph: () => StackGraph;
}

export function judgePart(
  project: Project,
  configuration: Configuration,
  options: Pick<JudgeOptions, 'only' | 'optIn' | 'prefix' | 'fixes' | 'proof'>,
): JudgedPart {
  const { prefix = '' } = options;
  const masked = maskedLines(withSources(project, configuration));
  const [source] = configuration.sources;
  return {
    verdict: judge(project, allRules, { ...options, configuration }),
    sourceLine: (file, line) => (file.startsWith(prefix) ? masked(file.slice(prefix.length), line) : undefined),
    configuredBy: source && new Places(project, prefix).named(source.path),
    failOn: configuration.failOn,
    graph: () => stackGraph(project, prefix),
  };
}
