import type { Finding } from '../../vocabulary/finding.ts';
import type { SuppressedFinding } from '../../vocabulary/verdict.ts';
import type { Places } from '../places.ts';
import { isNamed } from '../rule-names.ts';
import { type Suppression, speaksOf } from './suppression.ts';

export interface Suppressed {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** Names of each suppression that met a finding. */
  readonly used: ReadonlyMap<Suppression, ReadonlySet<string>>;
}

/** Leaves out findings that somebody accepted. `findings` come sorted by file and place, and stay so. */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  places: Places,
): Suppressed {
  const used = new Map<Suppression, Set<string>>();
  const kept: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  const inPlace = new Sweep(suppressions.filter((one) => one.area !== undefined));
  const anywhere = suppressions.filter((one) => one.area === undefined);
  for (const finding of findings) {
    const met = [
      ...inPlace.at(finding),
      ...anywhere.filter((one) => takesFile(one, finding) && speaksOf(one, finding)),
    ];
    const taken = met.filter((one) => touches(one, finding));
    for (const one of taken) {
      const names = used.get(one) ?? new Set();
      for (const name of one.names) if (isNamed(finding, name)) names.add(name);
      used.set(one, names);
    }
    const first = acceptedBy(taken, finding);
    if (first) suppressed.push(asSuppressed(finding, first, places));
    else kept.push(finding);
  }
  return { kept, suppressed, used };
}

function takesFile(one: Suppression, finding: Finding): boolean {
  return one.takesFile === undefined || one.takesFile(finding.file);
}

function servicesOf(finding: Finding): readonly string[] {
  return finding.services ?? (finding.service === undefined ? [] : [finding.service]);
}

function touches(one: Suppression, finding: Finding): boolean {
  return one.services === undefined || servicesOf(finding).some((service) => one.services?.includes(service));
}

/** A fault of several services is accepted only when each of them accepts it; the first that has a reason tells it. */
function acceptedBy(taken: readonly Suppression[], finding: Finding): Suppression | undefined {
  const accepting = taken.filter((one) => one.services === undefined);
  const ofServices = taken.filter((one) => one.services !== undefined);
  if (accepting.length === 0) {
    const covered = new Set(ofServices.flatMap((one) => one.services ?? []));
    if (ofServices.length === 0 || !servicesOf(finding).every((service) => covered.has(service))) return undefined;
    accepting.push(...ofServices);
  }
  return accepting.find((one) => one.reason !== undefined) ?? accepting[0];
}

export function asSuppressed(finding: Finding, by: Suppression, places: Places): SuppressedFinding {
  return {
    ...finding,
    by: by.by,
    ...(by.reason === undefined ? {} : { reason: by.reason }),
    ...(by.until === undefined ? {} : { until: by.until }),
    at: by.at.file === '' ? 'configuration' : places.lineOf(by.at),
  };
}

/** Suppressions that say the same of the same place: asked once. */
interface Group {
  readonly start: number;
  readonly end: number;
  readonly all: Suppression[];
}

/**
 * Areas nest as their nodes do, so at each finding only those that are open matter: never all of a long file. Two
 * thousand comments that say the same of a whole file, over ten thousand findings, took two seconds one by one.
 */
class Sweep {
  readonly #byFile = new Map<string, { groups: Group[]; next: number; open: Group[] }>();

  constructor(suppressions: readonly Suppression[]) {
    const groups = new Map<string, Group>();
    for (const one of suppressions) {
      const { file = '', start = 0, end = -1 } = one.area ?? {};
      const words = [file, start, end, one.tool ?? '', ...one.names].join('\0');
      const known = groups.get(words);
      if (known) {
        known.all.push(one);
        continue;
      }
      const group: Group = { start, end, all: [one] };
      groups.set(words, group);
      const inFile = this.#byFile.get(file);
      if (inFile) inFile.groups.push(group);
      else this.#byFile.set(file, { groups: [group], next: 0, open: [] });
    }
    for (const { groups: own } of this.#byFile.values()) own.sort((first, second) => first.start - second.start);
  }

  /** Those that speak of the finding. Findings of one file must be asked for in order. */
  at(finding: Finding): readonly Suppression[] {
    const file = this.#byFile.get(finding.file);
    if (!file) return [];
    const { offset } = finding.span.start;
    for (let one = file.groups[file.next]; one && one.start <= offset; one = file.groups[file.next]) {
      file.open.push(one);
      file.next += 1;
    }
    file.open = file.open.filter(({ end }) => end >= offset);
    return file.open.flatMap(({ all }) => (all[0] && speaksOf(all[0], finding) ? all : []));
  }
}
