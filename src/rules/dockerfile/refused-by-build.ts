import type { Step } from '../../model/dockerfile/dockerfile.ts';
import type { Fault } from '../../vocabulary/fault.ts';
import type { Rule } from '../rule.ts';

type Instruction = Step['instruction'];

/** What others call a fault that BuildKit refuses, by our code of it. */
const aliasesOf: Readonly<Record<string, readonly string[]>> = {
  'no-stage-yet': ['hadolint:DL3061', 'dockerfilelint:from_first', 'dockerfile-utils:NO_SOURCE_IMAGE'],
  'no-stage': ['hadolint:DL3061', 'dockerfilelint:from_first', 'dockerfile-utils:NO_SOURCE_IMAGE'],
  'no-instructions': ['dockerfile-utils:NO_SOURCE_IMAGE'],
  'unknown-instruction': ['dockerfile-utils:UNKNOWN_INSTRUCTION', 'dockerfilelint:invalid_command'],
  'missing-argument': ['dockerfile-utils:ARGUMENT_MISSING', 'dockerfilelint:missing_args'],
  'missing-destination': ['dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_TWO', 'dockerfilelint:missing_args'],
  'malformed-from': [
    'dockerfile-utils:ARGUMENT_REQUIRES_ONE_OR_THREE',
    'dockerfile-utils:INVALID_AS',
    'dockerfilelint:extra_args',
  ],
  'invalid-stage-name': ['dockerfile-utils:INVALID_BUILD_STAGE_NAME'],
  'blank-name': ['dockerfile-utils:SYNTAX_MISSING_NAMES'],
  'missing-equals': ['dockerfile-utils:SYNTAX_MISSING_EQUALS', 'dockerfilelint:invalid_format'],
  'missing-value': [
    'dockerfile-utils:ARGUMENT_MISSING',
    'dockerfilelint:missing_args',
    'dockerfilelint:invalid_format',
  ],
  'missing-command': ['dockerfile-utils:ARGUMENT_MISSING', 'dockerfilelint:missing_args'],
  'unknown-flag': [
    'dockerfile-utils:UNKNOWN_ADD_FLAG',
    'dockerfile-utils:UNKNOWN_COPY_FLAG',
    'dockerfile-utils:UNKNOWN_FROM_FLAG',
    'dockerfile-utils:UNKNOWN_HEALTHCHECK_FLAG',
  ],
  'duplicate-flag': ['dockerfile-utils:FLAG_DUPLICATE'],
  'flag-without-value': ['dockerfile-utils:FLAG_MISSING_VALUE', 'dockerfilelint:healthcheck_options_missing_args'],
  'flag-not-boolean': ['dockerfile-utils:FLAG_EXPECTED_BOOLEAN_VALUE'],
  'invalid-duration': [
    'dockerfile-utils:FLAG_INVALID_DURATION',
    'dockerfile-utils:FLAG_LESS_THAN_1MS',
    'dockerfile-utils:FLAG_MISSING_DURATION',
    'dockerfile-utils:FLAG_UNKNOWN_UNIT',
  ],
  'invalid-retries': ['dockerfile-utils:INVALID_SYNTAX', 'dockerfile-utils:FLAG_AT_LEAST_ONE'],
  'healthcheck-no-command': ['dockerfile-utils:HEALTHCHECK_CMD_ARGUMENT_MISSING', 'dockerfilelint:missing_args'],
  'healthcheck-none-arguments': ['dockerfile-utils:ARGUMENT_UNNECESSARY', 'dockerfilelint:healthcheck_trailing_args'],
  'unknown-healthcheck-type': ['dockerfile-utils:UNKNOWN_TYPE'],
  'onbuild-chain': ['hadolint:DL3043', 'dockerfile-utils:ONBUILD_CHAINING_DISALLOWED'],
  'onbuild-trigger': ['hadolint:DL3043', 'dockerfile-utils:ONBUILD_TRIGGER_DISALLOWED'],
  'shell-not-json': ['dockerfile-utils:SHELL_JSON_FORM'],
  'invalid-escape-directive': ['dockerfile-utils:INVALID_ESCAPE_DIRECTIVE'],
  'empty-volume': ['dockerfile-utils:ARGUMENT_MISSING'],
};

/** Of what is one case to us and two to them. */
const finer = ['dockerfile-utils:SHELL_REQUIRES_ONE', 'dockerfile-utils:JSON_IN_SINGLE_QUOTES'];

/** Of what is refused only when variables are put in. */
const quoteAliases: Readonly<Record<string, readonly string[]>> = {
  'single quote': ['dockerfile-utils:SYNTAX_MISSING_SINGLE_QUOTE'],
  'double quote': ['dockerfile-utils:SYNTAX_MISSING_DOUBLE_QUOTE'],
  'unsupported modifier': ['dockerfile-utils:UNSUPPORTED_MODIFIER'],
};
/** Instructions whose words the builder itself expands (Dockerfile reference, "Environment replacement"). */
const expanded: ReadonlySet<string> = new Set([
  'ADD',
  'ARG',
  'COPY',
  'ENV',
  'EXPOSE',
  'LABEL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

export const refusedByBuild: Rule = {
  id: 'dockerfile/refused-by-build',
  summary: 'A line that Docker refuses to build',
  why: 'The build stops here, so the release that needs it does not happen.',
  sources: ['https://docs.docker.com/reference/dockerfile/'],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: [],
  aliases: [...new Set([...Object.values(aliasesOf), ...Object.values(quoteAliases), finer].flat())],
  examples: { bad: 'bad-unknown-instruction', good: 'good-plain' },
  dockerfile(dockerfile, report) {
    const { faults, instructions } = dockerfile.tree;
    const byStart = new Map(faults.length > 0 ? instructions.map((one) => [one.keywordSpan.start, one]) : []);
    const flags = faults.length > 0 ? instructions.flatMap((one) => one.flags) : [];
    const values = new Map(flags.map(({ value, valueSpan }) => [valueSpan?.start, value]));
    for (const fault of faults)
      if (fault.refused)
        report({
          at: fault.span,
          message: fault.message,
          aliases: aliasesFor(fault, byStart.get(fault.span.start), values.get(fault.span.start)),
        });
      // BuildKit runs an empty command; the builders before it do not.
      else if (fault.code === 'missing-command')
        report({ at: fault.span, message: fault.message, severity: 'low', aliases: aliasesOf[fault.code] ?? [] });
    for (const stage of dockerfile.stages)
      for (const step of stage.steps) {
        const refused = refusedWord(step);
        if (!refused) continue;
        const { error, span } = refused;
        const [, aliases = []] = Object.entries(quoteAliases).find(([part]) => error.includes(part)) ?? [];
        // Of a stage that nobody needs the words are never looked at.
        report({
          at: span,
          message: `${step.instruction.keyword}: ${error}`,
          severity: stage.isUsed ? 'high' : 'low',
          aliases,
        });
      }
  },
};

/** The first word that the builder cannot expand: a quote or brace without its end, an unknown modifier. */
function refusedWord({ instruction, scope }: Step) {
  if (!expanded.has(instruction.keyword) || instruction.form === 'exec' || instruction.heredocs.length > 0)
    return undefined;
  const words = [
    ...instruction.words,
    ...instruction.pairs.map(({ value, valueSpan, span }) => ({ text: value ?? '', span: valueSpan ?? span })),
  ];
  for (const { text, span } of words) {
    // `${TOKEN:?}` asks for a value that a build may give.
    const error = text.includes('?') ? undefined : scope.expand(text).error;
    if (error !== undefined) return { error, span };
  }
  return undefined;
}

/** Their codes tell cases apart that are one to us. */
function aliasesFor(fault: Fault, instruction: Instruction | undefined, value = ''): readonly string[] {
  const aliases = aliasesOf[fault.code] ?? [];
  const words = instruction?.words ?? [];
  switch (fault.code) {
    case 'invalid-duration':
      return [durationAlias(value)];
    case 'invalid-retries':
      return [/^[-+]?\d+$/.test(value) ? 'dockerfile-utils:FLAG_AT_LEAST_ONE' : 'dockerfile-utils:INVALID_SYNTAX'];
    case 'unknown-flag':
      return aliases.filter((alias) => alias.includes(`UNKNOWN_${fault.message.split(' ')[0]}_FLAG`));
    case 'malformed-from':
      if (words.length === 0) return aliasesOf['missing-argument'] ?? [];
      return aliases.filter(
        (alias) => alias.endsWith(':INVALID_AS') === (words.length === 3) || alias.endsWith(':extra_args'),
      );
    case 'missing-argument':
      if (instruction?.keyword !== 'SHELL' || instruction.form !== 'exec') return aliases;
      return ['dockerfile-utils:SHELL_REQUIRES_ONE', ...aliases];
    case 'shell-not-json':
      return instruction?.body.text.includes("'") ? ['dockerfile-utils:JSON_IN_SINGLE_QUOTES', ...aliases] : aliases;
    default:
      return aliases;
  }
}

/** As Go reads it: numbers, each with a unit. */
function durationAlias(value: string): string {
  if (!/^[-+]?\.?\d/.test(value)) return 'dockerfile-utils:FLAG_INVALID_DURATION';
  if (/[\d.]$/.test(value)) return 'dockerfile-utils:FLAG_MISSING_DURATION';
  const units = value.match(/[^\d.+-]+/g) ?? [];
  const isKnown = units.every((unit) => /^(?:ns|[uµμ]s|ms|s|m|h)$/.test(unit));
  return isKnown ? 'dockerfile-utils:FLAG_LESS_THAN_1MS' : 'dockerfile-utils:FLAG_UNKNOWN_UNIT';
}
