import type { Dockerfile } from '../model/dockerfile/dockerfile.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Report, Rule } from '../rules/rule.ts';
import type { Finding } from '../vocabulary/finding.ts';
import { severities } from '../vocabulary/severity.ts';
import type { RuleFailure, Verdict } from '../vocabulary/verdict.ts';
import { judgeChecklists } from './checklists/judge-checklists.ts';
import { secretMask } from './masked-lines.ts';
import { Places } from './places.ts';
import { settingsOf } from './settings.ts';

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
  for (const rule of chosen(rules, options)) {
    try {
      apply(rule, project, builders, (report, service) =>
        gather(gathered, rule, maskedReport(report, masked), service, places),
      );
      ran.push(rule);
    } catch (error) {
      failures.push({ rule: rule.id, message: error instanceof Error ? error.message : String(error) });
    }
  }
  const findings = [...gathered.values()].map(({ finding, services }) => withServices(finding, services)).sort(byPlace);
  const settled =
    guarded(failures, 'services', () => project.services.map((service) => settingsOf(service, places, masked))) ?? [];
  const checklists = guarded(failures, 'checklists', () => judgeChecklists(project, findings, ran, places)) ?? [];
  return {
    findings,
    checklists,
    services: settled,
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

function chosen(rules: readonly Rule[], options: JudgeOptions): readonly Rule[] {
  const only = options.only && new Set(options.only);
  if (only) return rules.filter((rule) => only.has('all') || only.has(rule.id));
  const asked = new Set(options.optIn);
  return rules.filter((rule) => !rule.optIn || asked.has('all') || asked.has(rule.id));
}

function apply(
  rule: Rule,
  project: Project,
  builders: ReadonlyMap<Dockerfile, Service>,
  report: (report: Report, service: Service | undefined) => void,
): void {
  const reportAt = (service?: Service) => (said: Report) => report(said, said.service ?? service);
  if (rule.dockerfile || rule.stage) {
    for (const dockerfile of project.dockerfiles) {
      const service = builders.get(dockerfile);
      rule.dockerfile?.(dockerfile, reportAt(service), project);
      if (rule.stage)
        for (const stage of dockerfile.stages) if (stage.isUsed) rule.stage(stage, reportAt(service), project);
    }
  }
  if (rule.service) for (const service of project.services) rule.service(service, reportAt(service), project);
  if (rule.compose && project.compose) rule.compose(project.compose, reportAt(), project);
  rule.project?.(project, reportAt());
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
