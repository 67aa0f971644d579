import type { Configuration } from '../judge/config/configuration.ts';
import { judge } from '../judge/judge.ts';
import type { Project } from '../model/project.ts';
import { type ProjectOptions, readProject } from '../model/read-project.ts';
import type { Files } from '../read/files.ts';
import { overlayFiles } from '../read/files-overlay.ts';
import type { Rule } from '../rules/rule.ts';
import type { Finding } from '../vocabulary/finding.ts';
import type { Fix, Wishes } from '../vocabulary/fix.ts';
import type { Applied, LeftFinding } from '../vocabulary/mending.ts';
import type { Verdict } from '../vocabulary/verdict.ts';
import { applyEdits, byFile, isSameEdit, touches } from './apply-edits.ts';
import { type ChangedText, damageTo } from './damage.ts';

export interface FixOptions {
  /** `safe`: what cannot make a working service fail. `review`: also what might. */
  readonly level: 'safe' | 'review';
  readonly project: ProjectOptions;
  readonly rules: readonly Rule[];
  /** How the project is configured; asked again after each change, since a fix may not touch that. */
  readonly configurationOf: (project: Project) => Configuration;
  readonly optIn?: readonly string[];
  readonly wishes?: Wishes;
  /** Only findings of these rules are mended; all are judged. */
  readonly only?: readonly string[];
  /** Only findings about these services. */
  readonly services?: readonly string[];
  /** Asked before each fix; by default all are wanted. */
  readonly choose?: (offer: Offer) => Promise<boolean> | boolean;
}

/** One fix as a person is asked about it. */
export interface Offer {
  readonly finding: Finding;
  readonly fix: Fix;
  /** The files it changes, before and after this fix alone. */
  readonly changes: ReadonlyMap<string, ChangedText>;
  /** The project before it. */
  readonly project: Project;
}

export interface FixOutcome {
  /** New texts of the files that change, by path in the project. */
  readonly files: ReadonlyMap<string, string>;
  /** What those files held before; undefined for a new one. */
  readonly originals: ReadonlyMap<string, string | undefined>;
  readonly applied: readonly Applied[];
  readonly left: readonly LeftFinding[];
  readonly before: Verdict;
  readonly after: Verdict;
  /** The project as it was, and as it is with the new texts. */
  readonly projects: { readonly before: Project; readonly after: Project };
}

/** A chain of fixes that make room for each other is short; this only stops two that undo each other. */
const mostRounds = 60;
/** How often all is begun anew without a fix that turned out to bring a finding that stays. */
const mostRestarts = 12;

/**
 * Mends what it can: judges, makes all fixes that do not touch each other, looks at the result as if it were new, and
 * goes on until nothing is left to do. A fix that damages anything, does not clear its finding or brings a finding that
 * stays is taken back and said so.
 */
export async function fixProject(files: Files, options: FixOptions): Promise<FixOutcome> {
  const barred = new Map<string, string>();
  let mending = new Mending(files, options, barred);
  for (let restarts = 0; ; restarts++) {
    await mending.settle();
    const culprits = mending.bringersOfNew();
    if (culprits.length === 0 || restarts === mostRestarts) return mending.outcome();
    for (const key of culprits) barred.set(key, 'mending it would bring another finding that stays');
    mending = new Mending(files, options, barred, mending.answers);
  }
}

interface Candidate {
  readonly finding: Finding;
  readonly fix: Fix;
  readonly key: string;
}

interface State {
  readonly project: Project;
  readonly verdict: Verdict;
  readonly tally: ReadonlyMap<string, number>;
}

class Mending {
  readonly files: Files;
  readonly options: FixOptions;
  readonly barred: Map<string, string>;
  /** Barred by a trial, not from the beginning: may be tried again when the rest is done. */
  readonly #failed = new Set<string>();
  /** What people said to each offer: kept when all is begun anew. */
  readonly answers: Map<string, boolean>;
  readonly texts = new Map<string, string>();
  readonly applied: Applied[] = [];
  /** For each kind of finding that was not there before, the fixes after which it came. */
  readonly brought = new Map<string, string[]>();
  readonly first: State;
  now: State;

  constructor(files: Files, options: FixOptions, barred: Map<string, string>, answers = new Map<string, boolean>()) {
    this.files = files;
    this.options = options;
    this.barred = new Map(barred);
    this.answers = answers;
    this.first = this.#look(this.texts);
    this.now = this.first;
  }

  async settle(): Promise<void> {
    let appliedBefore = this.applied.length;
    for (let round = 0; round < mostRounds; round++) {
      const chosen = await this.#chosen(this.#candidates());
      if (chosen.length > 0) {
        this.#apply(chosen);
        continue;
      }
      // What another fix stood in the way of may be possible now: a second run must find nothing to do.
      if (this.applied.length === appliedBefore || this.#failed.size === 0) return;
      appliedBefore = this.applied.length;
      for (const key of this.#failed) this.barred.delete(key);
      this.#failed.clear();
    }
  }

  outcome(): FixOutcome {
    const originals = new Map<string, string | undefined>();
    const changed = new Map<string, string>();
    for (const [file, text] of this.texts) {
      const original = this.#original(file);
      if (original === text) continue;
      originals.set(file, original);
      changed.set(file, text);
    }
    const left = this.now.verdict.findings
      .filter((finding) => isAsked(finding, this.options))
      .map((finding) => this.#left(finding));
    return {
      files: changed,
      originals,
      applied: this.applied,
      left,
      before: this.first.verdict,
      after: this.now.verdict,
      projects: { before: this.first.project, after: this.now.project },
    };
  }

  /** The fixes to do without, when some finding is there now that was not there at first. */
  bringersOfNew(): string[] {
    const culprits: string[] = [];
    for (const [kind, count] of this.now.tally)
      if (count > (this.first.tally.get(kind) ?? 0)) culprits.push(...(this.brought.get(kind) ?? []));
    return [...new Set(culprits)].filter((key) => !this.barred.has(key));
  }

  #candidates(): Candidate[] {
    const { level } = this.options;
    const candidates: Candidate[] = [];
    for (const finding of this.now.verdict.findings) {
      const { fix } = finding;
      if (!fix || fix.edits.length === 0 || (fix.safety === 'review' && level === 'safe')) continue;
      const key = keyOf(finding);
      if (this.barred.has(key) || this.answers.get(key) === false || !isAsked(finding, this.options)) continue;
      if (fix.edits.some(({ span }) => span.file.startsWith('../')))
        this.barred.set(key, 'the file lies outside the project');
      else candidates.push({ finding, fix, key });
    }
    return candidates;
  }

  /** Those that do not touch each other, in the order of the verdict; the rest have their turn in the next round. */
  async #chosen(candidates: readonly Candidate[]): Promise<Candidate[]> {
    const chosen: Candidate[] = [];
    for (const candidate of candidates) {
      const { edits } = candidate.fix;
      const isTwin = chosen.some(
        ({ fix }) =>
          fix.edits.length === edits.length &&
          fix.edits.every((edit, index) => isSameEdit(edit, edits[index] as Fix['edits'][number])),
      );
      if (isTwin || chosen.some(({ fix }) => fix.edits.some((edit) => edits.some((other) => touches(edit, other)))))
        continue;
      if (await this.#isWanted(candidate)) chosen.push(candidate);
    }
    return chosen;
  }

  async #isWanted(candidate: Candidate): Promise<boolean> {
    const { choose } = this.options;
    if (!choose) return true;
    const known = this.answers.get(candidate.key);
    if (known !== undefined) return known;
    const changes = this.#changes([candidate]);
    const answer = changes !== undefined && (await choose({ ...candidate, changes, project: this.now.project }));
    this.answers.set(candidate.key, answer);
    return answer;
  }

  /** All at once; where that does damage, halves of them, until what does it is found. */
  #apply(chosen: readonly Candidate[]): void {
    const good: Candidate[] = [];
    let reached: { texts: Map<string, string>; state: State } | undefined;
    const attempt = (some: readonly Candidate[]): void => {
      const trial = this.#trial([...good, ...some]);
      if (!('because' in trial)) {
        good.push(...some);
        reached = trial;
        return;
      }
      const [only] = some;
      if (some.length === 1 && only) {
        this.barred.set(only.key, trial.because);
        this.#failed.add(only.key);
        return;
      }
      const middle = some.length >> 1;
      attempt(some.slice(0, middle));
      attempt(some.slice(middle));
    };
    attempt(chosen);
    if (!reached) return;
    const { state, texts } = reached;
    this.#remember(good, state);
    for (const [file, text] of texts) this.texts.set(file, text);
    this.applied.push(...good.map(({ finding, fix }) => ({ finding, fix })));
    this.now = state;
  }

  /** Who brought the kinds of finding that are new: of several changes made at once, those that would bring one alone. */
  #remember(made: readonly Candidate[], state: State): void {
    const isNew = (kind: string, tally: State['tally']) => (tally.get(kind) ?? 0) > (this.now.tally.get(kind) ?? 0);
    const kinds = [...state.tally.keys()].filter((kind) => isNew(kind, state.tally) && !this.brought.has(kind));
    if (kinds.length === 0) return;
    const alone = made.length === 1 ? [] : made.map((one) => ({ key: one.key, tally: this.#tallyAfter(one) }));
    for (const kind of kinds) {
      const guilty = alone.filter(({ tally }) => isNew(kind, tally));
      this.brought.set(
        kind,
        (guilty.length > 0 ? guilty : made).map(({ key }) => key),
      );
    }
  }

  #tallyAfter(one: Candidate): State['tally'] {
    const texts = new Map(this.texts);
    for (const [file, change] of this.#changes([one]) ?? []) texts.set(file, change.new);
    return this.#look(texts).tally;
  }

  #trial(candidates: readonly Candidate[]): { texts: Map<string, string>; state: State } | { because: string } {
    const changes = this.#changes(candidates);
    if (!changes) return { because: 'its edits do not fit the file' };
    const texts = new Map(this.texts);
    for (const [file, change] of changes) texts.set(file, change.new);
    const state = this.#look(texts);
    const damage = damageTo(
      this.now.project,
      state.project,
      changes,
      candidates.flatMap(({ fix }) => fix.sets ?? []),
    );
    if (damage !== undefined) return { because: damage };
    const bug = state.verdict.failures[0];
    if (bug && this.now.verdict.failures.length === 0) return { because: `the result cannot be judged (${bug.rule})` };
    for (const { finding } of candidates) {
      const kind = kindOf(finding);
      if ((state.tally.get(kind) ?? 0) >= (this.now.tally.get(kind) ?? 0))
        return { because: 'the change would not clear the finding' };
    }
    const stays = state.verdict.findings.find((finding) => this.#isNewAndStays(finding, state));
    if (stays) return { because: `mending it would bring another finding: ${stays.message} (${stays.rule})` };
    return { texts, state };
  }

  /** A finding that the change brings is no harm where a fix for it comes in the next round. */
  #isNewAndStays(finding: Finding, state: State): boolean {
    const kind = kindOf(finding);
    if ((state.tally.get(kind) ?? 0) <= (this.now.tally.get(kind) ?? 0)) return false;
    const { fix } = finding;
    const isMended =
      fix !== undefined && (fix.safety === 'safe' || this.options.level === 'review') && isAsked(finding, this.options);
    return !isMended || this.barred.has(keyOf(finding));
  }

  /** Old and new texts; undefined when edits overlap or a file cannot be changed. */
  #changes(candidates: readonly Candidate[]): Map<string, ChangedText> | undefined {
    const changes = new Map<string, ChangedText>();
    for (const [file, edits] of byFile(candidates.flatMap(({ fix }) => fix.edits))) {
      const old = this.#text(file);
      const fresh = old === undefined ? undefined : applyEdits(old, edits);
      if (old === undefined || fresh === undefined) return undefined;
      changes.set(file, { old, new: fresh, edits });
    }
    return changes;
  }

  /** The file's text now; empty for one that is not there; undefined when it must not be written. */
  #text(file: string): string | undefined {
    const laid = this.texts.get(file);
    if (laid !== undefined) return laid;
    const outcome = this.files.read(file);
    if (outcome.ok) return outcome.brokenUtf8 ? undefined : outcome.text;
    return outcome.reason === 'missing' ? '' : undefined;
  }

  #original(file: string): string | undefined {
    const outcome = this.files.read(file);
    return outcome.ok ? outcome.text : undefined;
  }

  #look(texts: ReadonlyMap<string, string>): State {
    const { options } = this;
    const project = readProject(texts.size === 0 ? this.files : overlayFiles(this.files, texts), options.project);
    const verdict = judge(project, options.rules, {
      fixes: 'whole',
      configuration: options.configurationOf(project),
      ...(options.wishes ? { wishes: options.wishes } : {}),
      ...(options.optIn ? { optIn: options.optIn } : {}),
    });
    const tally = new Map<string, number>();
    for (const finding of verdict.findings) tally.set(kindOf(finding), (tally.get(kindOf(finding)) ?? 0) + 1);
    return { project, verdict, tally };
  }

  #left(finding: Finding): LeftFinding {
    const { fix, left } = finding;
    const key = keyOf(finding);
    const needsReview = fix?.safety === 'review' && this.options.level === 'safe' && !this.barred.has(key);
    const because =
      this.barred.get(key) ??
      (this.answers.get(key) === false ? 'you left it as it is' : undefined) ??
      (needsReview ? `--review would: ${fix.title}` : undefined) ??
      left ??
      'no fix is known that would be right for everybody';
    return { finding, because, needsReview };
  }
}

function isAsked(finding: Finding, { only, services }: FixOptions): boolean {
  if (only && !only.includes(finding.rule)) return false;
  if (!services) return true;
  return [finding.service, ...(finding.services ?? [])].some((name) => name !== undefined && services.includes(name));
}

/** Findings that count as one kind: how many there are of it tells whether one came or went. */
function kindOf({ rule, file, service }: Finding): string {
  return [rule, file, service ?? ''].join('\0');
}

/** The same finding from round to round, wherever it has moved. */
function keyOf(finding: Finding): string {
  return [kindOf(finding), finding.message, finding.fix?.title ?? ''].join('\0');
}
