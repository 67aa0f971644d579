import fc from 'fast-check';
import type { Finding } from '../../src/vocabulary/finding.ts';
import type { RuleCard } from '../../src/vocabulary/rule-card.ts';
import { confidences, severities } from '../../src/vocabulary/severity.ts';
import type { SuppressedFinding, Verdict } from '../../src/vocabulary/verdict.ts';

/** What breaks out of formats that are put together carelessly. */
const hostile = fc.constantFrom(
  '',
  '::error::x',
  '\n::set-output name=a::b',
  '\r\n##[command]rm',
  '%0A::warning::',
  ']]>',
  '</failure></testcase>',
  '"><script>alert(1)</script>',
  '&amp;&#0;&bogus;',
  '<!--',
  '-->',
  '\u0000\u0008\u001b[31m',
  '\ud800',
  '\udc00x\ufffe\uffff',
  '| a | b |',
  '`` ` ```',
  '</details>',
  '[x](https://evil.example)',
  '@everyone #1 GH-2 www.evil.example https://evil.example',
  '${{ secrets.TOKEN }}',
  '../../etc',
  'a:b/c d%e?f#g',
  '\u202egnp.exe',
  '*'.repeat(3000),
  '{0} {{1}}',
  '\u2028\u2029\u0085',
);

export const hostileText = fc.oneof(
  { weight: 2, arbitrary: hostile },
  { weight: 2, arbitrary: fc.tuple(hostile, hostile, hostile).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
);

const texts = fc.array(hostileText, { maxLength: 3 });
const position = fc.record({ line: fc.integer({ min: 1 }), column: fc.integer({ min: 1 }), offset: fc.nat() });
const span = fc.record({ start: position, end: position });
const edit = fc.record({ span: fc.record({ file: hostileText, start: fc.nat(), end: fc.nat() }), text: hostileText });
const fix = fc.record(
  { title: hostileText, safety: fc.constantFrom('safe', 'review'), edits: fc.array(edit, { maxLength: 3 }) },
  { requiredKeys: ['title', 'safety', 'edits'] },
);
const ruleId = fc.oneof(fc.constantFrom('compose/a', 'compose/b', 'project/c'), hostileText);

const findingFields = {
  rule: ruleId,
  aliases: texts,
  severity: fc.constantFrom(...severities),
  confidence: fc.constantFrom(...confidences),
  message: hostileText,
  file: hostileText,
  span,
  mission: texts,
  service: hostileText,
  services: texts,
  related: fc.array(fc.record({ message: hostileText, file: hostileText, span }), { maxLength: 2 }),
  drill: hostileText,
  fix,
};
const always = ['rule', 'aliases', 'severity', 'confidence', 'message', 'file', 'span', 'mission'] as const;

const someFinding = fc.record(findingFields, { requiredKeys: [...always] }) as fc.Arbitrary<Finding>;

const someSuppressed = fc.record(
  {
    ...findingFields,
    by: fc.constantFrom('comment', 'config', 'baseline'),
    reason: hostileText,
    until: hostileText,
    at: fc.oneof(hostileText, fc.constantFrom('compose.yaml:12', 'a:0', ':3', '/abs/baseline.json')),
  },
  { requiredKeys: [...always, 'by', 'at'] },
) as fc.Arbitrary<SuppressedFinding>;

export const someVerdict = fc.record({
  findings: fc.array(someFinding, { maxLength: 30 }),
  suppressed: fc.array(someSuppressed, { maxLength: 5 }),
  checklists: fc.constant([]),
  services: fc.array(
    fc.record({ name: hostileText, file: hostileText, image: hostileText, settings: fc.constant([]) }),
    {
      maxLength: 3,
    },
  ),
  files: texts,
  unread: fc.array(fc.record({ path: hostileText, reason: hostileText }), { maxLength: 40 }),
  failures: fc.array(fc.record({ rule: hostileText, message: hostileText }), { maxLength: 3 }),
}) as fc.Arbitrary<Verdict>;

/** A card as the registry has them; only verdicts are hostile. */
export function card(fields: Partial<RuleCard> & Pick<RuleCard, 'id'>): RuleCard {
  return {
    summary: 'A fault',
    why: 'It hurts.',
    sources: ['https://docs.docker.com/engine/'],
    severity: 'high',
    confidence: 'certain',
    since: '0.1.0',
    mission: ['RUN2'],
    aliases: ['hadolint:DL3002'],
    ...fields,
  };
}

export const extras = {
  version: '1.2.3',
  rules: [card({ id: 'compose/a' }), card({ id: 'project/c', mission: ['RUN9'], optIn: true })],
};
