import { createHash } from 'node:crypto';
import type { Finding, Place } from '../vocabulary/finding.ts';
import type { Fix } from '../vocabulary/fix.ts';
import type { RuleCard } from '../vocabulary/rule-card.ts';
import type { Confidence, Severity } from '../vocabulary/severity.ts';
import type { Verdict } from '../vocabulary/verdict.ts';
import type { Format } from './format.ts';
import { artifactLocation, type Json, message, region, sourceRoot, wellFormed } from './sarif-places.ts';
import { sarifRule } from './sarif-rule.ts';
import { suppression } from './sarif-suppression.ts';
import { visible } from './visible.ts';

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html), with what code scanning on
 * GitHub reads besides (https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support).
 * The rules told are those that found something, be it suppressed.
 */
export const renderSarif: Format = (verdict, extras) => {
  const suppressed = extras.withoutSuppressed ? [] : (verdict.suppressed ?? []);
  const ids = [...new Set([...verdict.findings, ...suppressed].map(({ rule }) => rule))].sort();
  const index = new Map(ids.map((id, at) => [id, at]));
  const cards = new Map(extras.rules.map((rule) => [rule.id, rule]));
  const fingerprint = fingerprints();
  const toldOf = (finding: Finding): Json =>
    result(finding, index.get(finding.rule) ?? 0, cards.get(finding.rule), fingerprint(finding));
  const run = {
    tool: {
      driver: {
        name: 'Seaworthy',
        version: extras.version,
        semanticVersion: extras.version,
        rules: ids.map((id) => sarifRule(id, cards.get(id))),
      },
    },
    invocations: [
      { executionSuccessful: verdict.failures.length === 0, toolExecutionNotifications: notifications(verdict) },
    ],
    originalUriBaseIds: { [sourceRoot]: { description: { text: 'The directory that was judged from.' } } },
    columnKind: 'utf16CodeUnits',
    // What counts comes first, so that its fingerprints do not hang on what is suppressed.
    results: [
      ...verdict.findings.map((finding) => ({ ...toldOf(finding), ...(suppressed.length > 0 ? notSuppressed : {}) })),
      ...suppressed.map((finding) => ({ ...toldOf(finding), suppressions: [suppression(finding)] })),
    ],
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
};

/** All results of a run have suppressions or none has (3.27.23). */
const notSuppressed: Json = { suppressions: [] };

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** SARIF's rank is a number from 0 to 100; what ours mean is their order, severity before confidence. */
const severityRank: Readonly<Record<Severity, number>> = { critical: 90, high: 65, medium: 40, low: 15 };
const confidenceRank: Readonly<Record<Confidence, number>> = { certain: 10, likely: 5, guess: 0 };

function result(finding: Finding, ruleIndex: number, card: RuleCard | undefined, fingerprint: string): Json {
  const services = finding.services ?? (finding.service === undefined ? [] : [finding.service]);
  const names = [...new Set(services.map(visible))];
  const related = (finding.related ?? []).map((place, index) => ({
    id: index + 1,
    ...physical(place),
    message: message(place.message),
  }));
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levels[finding.severity],
    message: message(finding.message),
    rank: severityRank[finding.severity] + confidenceRank[finding.confidence],
    ...(finding.file === '' && names.length === 0 ? {} : { locations: [{ ...physical(finding), ...logical(names) }] }),
    ...(related.length > 0 ? { relatedLocations: related } : {}),
    ...(finding.fix && finding.fix.edits.length > 0 ? { fixes: [fixJson(finding.fix)] } : {}),
    partialFingerprints: { 'seaworthy/v1': fingerprint },
    properties: {
      severity: finding.severity,
      confidence: finding.confidence,
      // Where a rule has ids for several cases, these are the ones of this case.
      ...(sameNames(finding.aliases, card?.aliases) ? {} : { aliases: finding.aliases }),
      ...(finding.drill === undefined ? {} : { drill: finding.drill }),
    },
  };
}

function sameNames(some: readonly string[], others: readonly string[] | undefined): boolean {
  return others !== undefined && some.length === others.length && some.every((name, at) => name === others[at]);
}

function physical(place: Place): Json {
  if (place.file === '') return {};
  return { physicalLocation: { artifactLocation: artifactLocation(place.file), region: region(place) } };
}

function logical(services: readonly string[]): Json {
  if (services.length === 0) return {};
  return {
    logicalLocations: services.map((name) => ({ name, fullyQualifiedName: `services.${name}`, kind: 'resource' })),
  };
}

function fixJson(fix: Fix): Json {
  const files = [...new Set(fix.edits.map(({ span }) => span.file))];
  return {
    description: { text: visible(`${fix.title} (${fix.safety === 'safe' ? 'safe' : 'review first'})`) },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifactLocation(file),
      replacements: fix.edits
        .filter(({ span }) => span.file === file)
        .map(({ span, text }) => ({
          // Offsets suffice (3.30.4), and in the column kind of the run they count as ours do.
          deletedRegion: { charOffset: span.start, charLength: Math.max(0, span.end - span.start) },
          insertedContent: { text: wellFormed(text) },
        })),
    })),
  };
}

/**
 * Tells the same finding again after lines moved: nothing of its place but the file goes in. What one rule says in the
 * same words several times in a file is numbered from the top.
 */
function fingerprints(): (finding: Finding) => string {
  const seen = new Map<string, number>();
  return ({ rule, file, service, message: said }) => {
    const key = JSON.stringify([rule, file, service ?? '', said]);
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return createHash('sha256').update(`${key}${nth}`).digest('hex').slice(0, 32);
  };
}

function notifications(verdict: Verdict): Json[] {
  return [
    ...verdict.failures.map(({ rule, message: said }) => ({
      level: 'error',
      message: message(`The rule ${rule} broke: ${said}`),
    })),
    ...verdict.unread.map(({ path, reason }) => ({
      level: 'warning',
      message: message(`Not looked at: ${path}: ${reason}`),
    })),
  ];
}
