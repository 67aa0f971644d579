import type { Dockerfile } from '../model/dockerfile/dockerfile.ts';
import { secretMask } from '../model/masked-lines.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Report, Rule } from '../rules/rule.ts';
import type { Finding } from '../vocabulary/finding.ts';
import { usualWishes, type Wishes } from '../vocabulary/fix.ts';
import { lazily } from '../vocabulary/lazily.ts';
import { severities } from '../vocabulary/severity.ts';
import type { ChecklistState, RuleFailure, SuppressedFinding, Verdict } from '../vocabulary/verdict.ts';
import { acceptChecklists } from './checklists/accepted.ts';
import { concernedServices, judgeChecklists } from './checklists/judge-checklists.ts';
import { proveChecklists } from './checklists/proved.ts';
import { type Configuration, noConfiguration } from './config/configuration.ts';
import { withSources } from './config/with-sources.ts';
import { Places } from './places.ts';
import type { Proof } from './proof/proof.ts';
import { settingsOf, summaryOf } from './settings.ts';
import { shortened } from './shortened.ts';
import { Policy } from './suppress/policy.ts';

export interface JudgeOptions {
  /** Rule ids; only these run, opt-in ones included. */
  readonly only?: readonly string[];
  /** Opt-in rules to run besides; `all` for every one. */
  readonly optIn?: readonly string[];
  /**
   * Also work out how findings are mended. `shown`: for people and formats; a fix that would show a secret is left out.
   * `whole`: to be applied; texts may hold secrets.
   */
  readonly fixes?: 'shown' | 'whole';
  /** What is preferred where a finding can be mended in several ways. */
  readonly wishes?: Wishes;
  /** Stands before every path: from where the verdict is shown to the project's root, `../api/`. */
  readonly prefix?: string;
  /** Default: none; `x-seaworthy` of services and comments count all the same. See `findConfiguration`. */
  readonly configuration?: Configuration;
  /** What drills have shown; of several projects only that of its name is proved by it. */
  readonly proof?: Proof;
}

/**
 * Runs the rules over a project, and leaves out what its people have accepted. A rule that throws is named in
 * `failures`, and the rest run.
 */
export function judge(read: Project, rules: readonly Rule[], options: JudgeOptions = {}): Verdict {
  const { configuration = noConfiguration } = options;
  const project = withDecisions(read, configuration);
  const places = new Places(withSources(project, configuration), options.prefix);
  const masked = secretMask(project);
  const failures: RuleFailure[] = [];
  const policy =
    guarded(failures, 'suppressions', () => new Policy(project, rules, configuration, places)) ??
    new Policy({ ...project, services: [], sources: new Map() }, rules, noConfiguration, places);
  const running = chosen(rules, options, policy);
  const builders = buildersOf(project);
  const home = project.directory === '.' ? undefined : places.named(project.directory);
  const ran = new Set<Rule>();
  const run = (some: readonly Rule[], judgement: (rule: Rule, report: Gather) => void): Finding[] => {
    const gathered = new Map<string, Gathered>();
    for (const rule of some)
      guarded(failures, rule.id, () => {
        judgement(rule, (report, service) =>
          gather(
            gathered,
            rule,
            maskedReport(report, masked),
            service,
            places,
            home,
            () => guarded(failures, rule.id, () => cured(report, rule, options, places, masked)) ?? {},
          ),
        );
        ran.add(rule);
      });
    const findings = [...gathered.values()].map(({ finding, services }) => withServices(finding, services));
    return findings.map((finding) => policy.weighed(finding)).sort(byPlace);
  };
  const asked = options.only?.some((id) => running.some((rule) => rule.id === id && rule.policy))
    ? chosen(rules, { optIn: options.only }, policy)
    : running;
  const settled = policy.suppress(run(asked, (rule, report) => apply(rule, project, builders, report)));
  const isComplete =
    failures.length === 0 &&
    (!options.only || options.only.includes('all') || asked !== running) &&
    !isRefused(project);
  const notes = policy.notes(settled, isComplete ? new Set(asked.map(({ id }) => id)) : undefined);
  const told = policy.suppressNotes(
    run(running, (rule, report) => rule.policy?.(notes, (said) => report(said, undefined))),
  );
  const wanted = (id: string) => asked === running || options.only?.includes(id) === true;
  const findings = [...settled.kept.filter(({ rule }) => wanted(rule)), ...told.kept].sort(byPlace);
  const suppressed = [...settled.suppressed.filter(({ rule }) => wanted(rule)), ...told.suppressed]
    .map((one) => (one.reason === undefined ? one : { ...one, reason: masked(one.reason) }))
    .sort(byPlace);
  const looked = [...ran].filter(({ id }) => wanted(id));
  // Settings and checklists take over half of the judge's time on a Dockerfile, and few who ask for findings want them.
  const services = project.services.map((service) => {
    const settled = lazily(
      () => guarded(failures, 'services', () => settingsOf(service, places, masked).settings) ?? [],
    );
    return {
      ...summaryOf(service, places, masked),
      get settings() {
        return settled();
      },
    };
  });
  const checklists = lazily(
    () =>
      guarded(failures, 'checklists', () =>
        checklistsOf({ project, findings, suppressed, rules: looked, places, masked, ...proofFor(project, options) }),
      ) ?? [],
  );
  return {
    findings,
    ...(suppressed.length > 0 ? { suppressed } : {}),
    get checklists() {
      return checklists();
    },
    services,
    files: judgedFiles(project).map((file) => places.named(file)),
    unread: project.unread.map(({ path, reason }) => ({ path: places.named(path), reason })),
    failures,
  };
}

/** What the team has decided and rules judge by. */
function withDecisions(project: Project, { registries }: Configuration): Project {
  return registries.length === 0 ? project : { ...project, registries: registries.map(({ value }) => value) };
}

/** Of a project that Compose refuses, rules may not have seen all. */
function isRefused(project: Project): boolean {
  return project.compose?.faults.some(({ refused, code }) => refused && code !== 'missing-file') === true;
}

/** Of several projects, which may all have a service of one name, the report's own. */
function proofFor(project: Project, { proof, configuration }: JudgeOptions): { readonly proof?: Proof } {
  const isMeant = proof && (configuration?.isShared !== true || project.compose?.name === proof.project);
  return isMeant ? { proof } : {};
}

interface ForChecklists {
  readonly project: Project;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly rules: readonly Rule[];
  readonly places: Places;
  readonly masked: (text: string) => string;
  readonly proof?: Proof;
}

/** Only what was accepted with a reason lets an item pass; and what drills have shown counts more than what files say. */
function checklistsOf({
  project,
  findings,
  suppressed,
  rules,
  places,
  masked,
  proof,
}: ForChecklists): ChecklistState[] {
  const accepted = suppressed.filter(({ reason }) => reason !== undefined);
  const counting = [...findings, ...suppressed.filter(({ reason }) => reason === undefined)].sort(byPlace);
  const lenient = judgeChecklists(project, counting, rules, places);
  const strict =
    accepted.length === 0 ? lenient : judgeChecklists(project, [...counting, ...accepted].sort(byPlace), rules, places);
  const settled = accepted.length === 0 ? lenient : acceptChecklists({ strict, lenient, accepted, counting });
  if (!proof) return settled;
  const failing = strict.flatMap(({ items }) => items.filter(({ state }) => state === 'fail').map(({ id }) => id));
  const drills = proof.drills.map((one) => ({ ...one, summary: masked(one.summary) }));
  return proveChecklists({
    checklists: settled,
    proof: { ...proof, drills },
    concerned: concernedServices(project, places),
    accepted: new Set(failing),
  });
}

/** A Dockerfile inside a Compose file is no file of its own. */
function judgedFiles(project: Project): string[] {
  return [...project.sources.keys()].filter((file) => !project.inline.has(file)).sort();
}

function maskedReport(report: Report, masked: (text: string) => string): Report {
  const related = report.related?.map((one) => ({ ...one, message: shortened(masked(one.message)) }));
  return { ...report, message: shortened(masked(report.message)), ...(related ? { related } : {}) };
}

interface Gathered {
  finding: Finding;
  readonly services: Set<string>;
}

type Gather = (report: Report, service: Service | undefined) => void;

function chosen(rules: readonly Rule[], options: JudgeOptions, policy: Policy): readonly Rule[] {
  const only = options.only && new Set(options.only);
  if (only) return rules.filter((rule) => only.has('all') || only.has(rule.id));
  const asked = new Set(options.optIn);
  return rules.filter((rule) => !rule.optIn || asked.has('all') || asked.has(rule.id) || policy.switchesOn(rule));
}

function apply(rule: Rule, project: Project, builders: ReadonlyMap<Dockerfile, Service>, report: Gather): void {
  let service: Service | undefined;
  if (!speaksOf(rule, project)) return;
  const say = (said: Report) => report(said, said.service ?? service);
  if (rule.dockerfile || rule.stage) {
    for (const dockerfile of project.dockerfiles) {
      service = builders.get(dockerfile);
      rule.dockerfile?.(dockerfile, say, project);
      if (rule.stage)
        for (const stage of dockerfile.stages) if (stage.isUsed || stage.isOrphan) rule.stage(stage, say, project);
    }
  }
  if (rule.service)
    for (const one of project.services) {
      service = one;
      rule.service(one, say, project);
    }
  service = undefined;
  if (rule.compose && project.compose) rule.compose(project.compose, say, project);
  rule.project?.(project, say);
}

/** What a folder's rules speak of must be there: the command line loads neither folder before. */
function speaksOf({ id }: Rule, project: Project): boolean {
  if (id.startsWith('compose/')) return project.compose !== undefined;
  return !id.startsWith('dockerfile/') || project.dockerfiles.length > 0;
}

function buildersOf(project: Project): ReadonlyMap<Dockerfile, Service> {
  const builders = new Map<Dockerfile, Service>();
  for (const service of project.services) {
    const dockerfile = service.build?.dockerfile;
    if (dockerfile && !builders.has(dockerfile)) builders.set(dockerfile, service);
  }
  return builders;
}

/** Services that share a file share its findings: one finding, several services. */
function gather(
  all: Map<string, Gathered>,
  rule: Rule,
  report: Report,
  service: Service | undefined,
  places: Places,
  home: string | undefined,
  cure: () => Pick<Finding, 'fix' | 'left'>,
): void {
  const at = places.place(report.at);
  const key = `${rule.id}\0${at.file}\0${at.span.start.offset}\0${at.span.end.offset}\0${report.message}`;
  const known = all.get(key);
  if (known) {
    if (service) known.services.add(service.name);
    const severity = report.severity ?? rule.severity;
    // Two builds of one file may weigh the same fault differently: the worse one counts.
    if (severities.indexOf(severity) < severities.indexOf(known.finding.severity))
      known.finding = { ...known.finding, severity, confidence: report.confidence ?? rule.confidence };
    return;
  }
  const finding: Finding = {
    rule: rule.id,
    aliases: report.aliases ?? rule.aliases,
    severity: report.severity ?? rule.severity,
    confidence: report.confidence ?? rule.confidence,
    message: report.message,
    ...at,
    ...(service ? { service: service.name } : {}),
    ...(service?.compose && home !== undefined ? { project: home } : {}),
    ...(report.related
      ? { related: report.related.map(({ at: span, message }) => ({ ...places.place(span), message })) }
      : {}),
    mission: rule.mission,
    ...(rule.drill ? { drill: rule.drill } : {}),
    ...cure(),
  };
  all.set(key, { finding, services: new Set(service ? [service.name] : []) });
}

/** How a finding is mended, with the paths and places that the verdict shows. */
function cured(
  { fix: work }: Report,
  rule: Rule,
  { fixes, wishes = usualWishes }: JudgeOptions,
  places: Places,
  masked: (text: string) => string,
): Pick<Finding, 'fix' | 'left'> {
  if (!fixes) return {};
  const cure = work?.(wishes);
  if (!cure) return rule.byHand === undefined ? {} : { left: rule.byHand };
  if ('left' in cure) return { left: masked(cure.left) };
  const edits = places.edits(cure.edits);
  if (!edits)
    return { left: 'it stands in a Dockerfile inside the Compose file, written in a way that cannot be edited' };
  if (fixes === 'shown' && edits.some(({ text }) => masked(text) !== text)) return {};
  return { fix: { ...cure, edits } };
}

function withServices(finding: Finding, services: ReadonlySet<string>): Finding {
  return services.size > 1 ? { ...finding, services: [...services].sort() } : finding;
}

/** By file and place, then severity, then rule: an order that does not depend on that of rules or files. */
export function byPlace(first: Finding, second: Finding): number {
  return (
    compare(first.file, second.file) ||
    first.span.start.offset - second.span.start.offset ||
    first.span.end.offset - second.span.end.offset ||
    severities.indexOf(first.severity) - severities.indexOf(second.severity) ||
    compare(first.rule, second.rule) ||
    compare(first.message, second.message)
  );
}

function compare(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0;
}

function guarded<T>(failures: RuleFailure[], rule: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    failures.push({ rule, message: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}
