import type { Finding, Place } from '../vocabulary/finding.ts';
import type { Edit, Fix } from '../vocabulary/fix.ts';
import type { Position, Span } from '../vocabulary/span.ts';
import type {
  ChecklistItemState,
  ChecklistState,
  RuleFailure,
  ServiceSummary,
  Setting,
  SuppressedFinding,
  Verdict,
} from '../vocabulary/verdict.ts';
import { tallyFindings, tallyItems } from './tally.ts';

/** Raised when a reader of the old form would fail; fields are only added within a version. */
const schemaVersion = 1;

/** As the package exports it. */
const schema = 'seaworthy/schema/verdict-1.schema.json';

/**
 * Field by field, and typed by the vocabulary's own: what is added there must be added here and to the schema, and
 * nothing gets out by accident. JSON drops what is undefined.
 */
type Fields<T> = { readonly [K in keyof Required<T>]: unknown };

/** The verdict as `schema/verdict-1.schema.json` describes it. Ends with a line end. */
export function renderJson(verdict: Verdict, extras: { readonly version: string }): string {
  const body: Fields<Verdict> = {
    findings: verdict.findings.map(findingJson),
    suppressed: verdict.suppressed?.map(suppressedJson),
    checklists: verdict.checklists.map(checklistJson),
    services: verdict.services.map(serviceJson),
    files: verdict.files,
    unread: verdict.unread.map(({ path, reason }) => ({ path, reason })),
    failures: verdict.failures.map(failureJson),
  };
  const head = {
    $schema: schema,
    schemaVersion,
    tool: { name: 'seaworthy', version: extras.version },
    summary: {
      findings: verdict.findings.length,
      bySeverity: tallyFindings(verdict.findings),
      ...(verdict.suppressed ? { suppressed: verdict.suppressed.length } : {}),
      items: tallyItems(verdict.checklists),
      complete: verdict.unread.length === 0 && verdict.failures.length === 0,
    },
  };
  return `${JSON.stringify({ ...head, ...body }, null, 2)}\n`;
}

function findingJson(finding: Finding): Fields<Finding> {
  return {
    rule: finding.rule,
    aliases: finding.aliases,
    severity: finding.severity,
    confidence: finding.confidence,
    message: finding.message,
    ...placeJson(finding),
    service: finding.service,
    project: finding.project,
    services: finding.services,
    related: finding.related?.map((place) => ({ message: place.message, ...placeJson(place) })),
    mission: finding.mission,
    drill: finding.drill,
    fix: finding.fix && fixJson(finding.fix),
    left: finding.left,
  };
}

function suppressedJson(finding: SuppressedFinding): Fields<SuppressedFinding> {
  return { ...findingJson(finding), by: finding.by, reason: finding.reason, until: finding.until, at: finding.at };
}

function placeJson(place: Place): Fields<Place> {
  return { file: place.file, span: { start: positionJson(place.span.start), end: positionJson(place.span.end) } };
}

function positionJson({ line, column, offset }: Position): Fields<Position> {
  return { line, column, offset };
}

function fixJson(fix: Fix): Fields<Fix> {
  return {
    title: fix.title,
    safety: fix.safety,
    provedBy: fix.provedBy,
    note: fix.note,
    edits: fix.edits.map(editJson),
    sets: fix.sets,
  };
}

function editJson({ span, text }: Edit): Fields<Edit> {
  const range: Fields<Span> = { file: span.file, start: span.start, end: span.end };
  return { span: range, text };
}

function checklistJson({ id, title, items }: ChecklistState): Fields<ChecklistState> {
  return { id, title, items: items.map(itemJson) };
}

function itemJson({ id, text, state, evidence, at }: ChecklistItemState): Fields<ChecklistItemState> {
  return { id, text, state, evidence, at };
}

function serviceJson({ name, file, image, settings }: ServiceSummary): Fields<ServiceSummary> {
  return { name, file, image, settings: settings.map(settingJson) };
}

function settingJson({ name, value, from, confidence }: Setting): Fields<Setting> {
  return { name, value, from, confidence };
}

function failureJson({ rule, message }: RuleFailure): Fields<RuleFailure> {
  return { rule, message };
}
