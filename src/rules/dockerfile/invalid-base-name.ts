import type { Rule } from '../rule.ts';

export const invalidBaseName: Rule = {
  id: 'dockerfile/invalid-base-name',
  summary: 'A base image whose name Docker cannot read',
  why: 'The build stops at its first line with "invalid reference format".',
  sources: [
    'https://pkg.go.dev/github.com/distribution/reference',
    'https://docs.docker.com/reference/dockerfile/#from',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG1'],
  aliases: [
    'dockerfile-utils:INVALID_REFERENCE_FORMAT',
    'dockerfile-utils:BASE_NAME_EMPTY',
    'buildkit:InvalidDefaultArgInFrom',
  ],
  byHand: 'only you know which image was meant',
  examples: { bad: 'bad-upper-case', good: 'good-name' },
  dockerfile(dockerfile, report) {
    for (const { from } of dockerfile.stages) {
      if (
        from.text === undefined ||
        from.stage ||
        from.isScratch ||
        from.reference ||
        from.instruction.words.length === 0
      )
        continue;
      const viaVariable = from.written.includes('$');
      const shown = viaVariable ? `"${from.written}" ("${from.text}")` : `"${from.written}"`;
      report({
        at: from.span,
        message: `${shown} is no name of an image`,
        aliases: [
          from.text === '' ? 'dockerfile-utils:BASE_NAME_EMPTY' : 'dockerfile-utils:INVALID_REFERENCE_FORMAT',
          ...(viaVariable ? ['buildkit:InvalidDefaultArgInFrom'] : []),
        ],
      });
    }
  },
};
