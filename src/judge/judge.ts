import type { Dockerfile } from '../model/dockerfile/dockerfile.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Report, Rule } from '../rules/rule.ts';
import type { Finding } from '../vocabulary/finding.ts';
import { lazily, remembered } from '../vocabulary/lazily.ts';
import { severities } from '../vocabulary/severity.ts';
import type { RuleFailure, Verdict } from '../vocabulary/verdict.ts';
import { judgeChecklists } from './checklists/judge-checklists.ts';
import { secretMask } from './masked-lines.ts';
import { Places } from './places.ts';
import { settingsOf, summaryOf } from './settings.ts';

export interface JudgeOptions {
  /** Rule ids; only these run, opt-in ones included. */
  readonly only?: readonly string[];
  /** Opt-in rules to run besides; `all` for every one. */
  readonly optIn?: readonly string[];
  /** Stands before every path: from where the verdict is shown to the project's root, `../api/`. */
  readonly prefix?: string;
}

/** Runs the rules over a project. A rule that throws is named in `failures`, and the rest run. */
export function judge(project: Project, rules: readonly Rule[], options: JudgeOptions = {}): Verdict {
  const places = new Places(project, options.prefix);
  const masked = secretMask(project);
  const gathered = new Map<string, Gathered>();
  const failures: RuleFailure[] = [];
  const builders = buildersOf(project);
  const ran: Rule[] = [];
  for (const plan of chosen(plansOf(rules), options)) {
    const { rule } = plan;
    try {
      apply(plan, project, builders, (report, service) =>
        gather(gathered, rule, maskedReport(report, masked), service, places),
      );
      ran.push(rule);
    } catch (error) {
      failures.push({ rule: rule.id, message: error instanceof Error ? error.message : String(error) });
    }
  }
  const findings = [...gathered.values()].map(({ finding, services }) => withServices(finding, services)).sort(byPlace);
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
    () => guarded(failures, 'checklists', () => judgeChecklists(project, findings, ran, places)) ?? [],
  );
  return {
    findings,
    get checklists() {
      return checklists();
    },
    services,
    files: judgedFiles(project).map((file) => places.named(file)),
    unread: project.unread.map(({ path, reason }) => ({ path: places.named(path), reason })),
    failures,
  };
}

/** A Dockerfile inside a Compose file is no file of its own. */
function judgedFiles(project: Project): string[] {
  return [...project.sources.keys()].filter((file) => !project.inline.has(file)).sort();
}

function maskedReport(report: Report, masked: (text: string) => string): Report {
  const related = report.related?.map((one) => ({ ...one, message: masked(one.message) }));
  return { ...report, message: masked(report.message), ...(related ? { related } : {}) };
}

interface Gathered {
  finding: Finding;
  readonly services: Set<string>;
}

function chosen(plans: readonly Plan[], options: JudgeOptions): readonly Plan[] {
  const only = options.only && new Set(options.only);
  if (only) return plans.filter(({ rule }) => only.has('all') || only.has(rule.id));
  const asked = new Set(options.optIn);
  return plans.filter(({ rule }) => !rule.optIn || asked.has('all') || asked.has(rule.id));
}

/** What a rule looks at. Rules come in many shapes; reading six fields of each for each file took 5 % of the time. */
interface Plan {
  readonly rule: Rule;
  readonly dockerfiles: boolean;
  readonly services: boolean;
  readonly rest: boolean;
}

const plansOf = remembered((rules: readonly Rule[]): readonly Plan[] =>
  rules.map((rule) => ({
    rule,
    dockerfiles: rule.dockerfile !== undefined || rule.stage !== undefined,
    services: rule.service !== undefined,
    rest: rule.compose !== undefined || rule.project !== undefined,
  })),
);

function apply(
  { rule, dockerfiles, services, rest }: Plan,
  project: Project,
  builders: ReadonlyMap<Dockerfile, Service>,
  report: (report: Report, service: Service | undefined) => void,
): void {
  let service: Service | undefined;
  const say = (said: Report) => report(said, said.service ?? service);
  if (dockerfiles) {
    for (const dockerfile of project.dockerfiles) {
      service = builders.get(dockerfile);
      rule.dockerfile?.(dockerfile, say, project);
      if (rule.stage) for (const stage of dockerfile.stages) if (stage.isUsed) rule.stage(stage, say, project);
    }
  }
  if (services)
    for (const one of project.services) {
      service = one;
      rule.service?.(one, say, project);
    }
  if (!rest) return;
  service = undefined;
  if (rule.compose && project.compose) rule.compose(project.compose, say, project);
  rule.project?.(project, say);
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
    ...(report.related
      ? { related: report.related.map(({ at: span, message }) => ({ ...places.place(span), message })) }
      : {}),
    mission: rule.mission,
    ...(rule.drill ? { drill: rule.drill } : {}),
    ...(report.fix ? { fix: report.fix } : {}),
  };
  all.set(key, { finding, services: new Set(service ? [service.name] : []) });
}

function withServices(finding: Finding, services: ReadonlySet<string>): Finding {
  return services.size > 1 ? { ...finding, services: [...services].sort() } : finding;
}

/** By file and place, then severity, then rule: an order that does not depend on that of rules or files. */
function byPlace(first: Finding, second: Finding): number {
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
