import { createIgnore } from '../../read/dockerignore/match.ts';
import { parseDockerignore } from '../../read/dockerignore/parse.ts';
import { isWithin } from '../../read/paths.ts';
import type { Finding } from '../../vocabulary/finding.ts';
import type { Span } from '../../vocabulary/span.ts';
import type { IgnoreEntry, RuleSetting } from '../config/configuration.ts';
import type { Places } from '../places.ts';
import { isNamed } from '../rule-names.ts';
import type { PlacedDirective } from './placed.ts';

/** A wish that some findings be left out, from a comment or the configuration. */
export interface Suppression {
  readonly by: 'comment' | 'config';
  readonly at: Span;
  /** Complained about when it is of no use; other tools' comments and rules that are switched off are not. */
  readonly isOwn: boolean;
  readonly names: readonly string[];
  readonly tool: string | undefined;
  readonly reason: string | undefined;
  readonly until: string | undefined;
  /** Comments: where a finding must begin, in the shown file. */
  readonly area: { readonly file: string; readonly start: number; readonly end: number } | undefined;
  /** Configuration: services and shown files; undefined is any. */
  readonly services: readonly string[] | undefined;
  readonly takesFile: ((file: string) => boolean) | undefined;
}

export function fromComment(placed: PlacedDirective, places: Places): Suppression {
  const { at, range } = placed;
  return {
    by: 'comment',
    at,
    isOwn: placed.owner === 'seaworthy',
    names: placed.names,
    tool: placed.tool,
    reason: placed.reason,
    until: placed.until,
    area: range ? areaOf(at.file, range, places) : { file: '', start: 0, end: -1 },
    services: undefined,
    takesFile: undefined,
  };
}

/** A Dockerfile written inside a Compose file is shown, and met, where it stands there. */
function areaOf(file: string, range: { readonly start: number; readonly end: number }, places: Places) {
  const whole = range.end === Number.POSITIVE_INFINITY;
  const shown = places.place({ file, start: range.start, end: whole ? range.start : range.end });
  if (whole && places.isInline(file)) {
    const { span } = places.wholeInline(file);
    return { file: shown.file, start: span.start.offset, end: span.end.offset };
  }
  return {
    file: shown.file,
    start: whole ? 0 : shown.span.start.offset,
    end: whole ? Number.POSITIVE_INFINITY : shown.span.end.offset,
  };
}

/** `directory`: where the paths of the entry begin. */
export function fromEntry(entry: IgnoreEntry, places: Places, directory: string): Suppression {
  return {
    by: 'config',
    at: entry.span,
    isOwn: true,
    names: entry.rules.map(({ name }) => name),
    tool: undefined,
    reason: entry.reason,
    until: entry.until,
    area: undefined,
    services: entry.services,
    takesFile: entry.paths && fileTaker(entry.paths, places, directory),
  };
}

/** A rule that is switched off still looks: what it would have said is kept, with the reason. */
export function fromRuleOff(setting: RuleSetting): Suppression {
  return {
    by: 'config',
    at: setting.span,
    isOwn: false,
    names: [setting.name],
    tool: undefined,
    reason: setting.reason,
    until: undefined,
    area: undefined,
    services: setting.service === undefined ? undefined : [setting.service],
    takesFile: undefined,
  };
}

function fileTaker(paths: readonly string[], places: Places, directory: string): (file: string) => boolean {
  // One pattern a line, and none may reach into the next.
  const lines = paths.map((path) => path.replace(/[\r\n]+/g, ' '));
  const ignore = createIgnore(parseDockerignore('', `\n${lines.join('\n')}\n`).patterns);
  return (shown) => {
    const file = places.unnamed(shown);
    if (directory === '.') return ignore.ignores(file);
    return isWithin(file, directory) && ignore.ignores(file.slice(directory.length + 1));
  };
}

/** Whether it is about a finding of that rule; place and service are another matter. */
export function speaksOf(suppression: Suppression, finding: Finding): boolean {
  const { tool } = suppression;
  if (tool !== undefined && finding.aliases.some((alias) => alias.startsWith(`${tool}:`))) return true;
  return suppression.names.some((name) => isNamed(finding, name));
}
