import { copySourcesOf } from '../copy-sources.ts';
import type { Rule } from '../rule.ts';

export const copyFromItself: Rule = {
  id: 'dockerfile/copy-from-itself',
  summary: 'A stage that copies from itself',
  why: 'The build stops with "circular dependency detected".',
  sources: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: [],
  aliases: [
    'hadolint:DL3023',
    'trivy:DS-0006',
    'kics:copy_from_references_current_from_alias',
    'semgrep:copy-from-own-alias',
  ],
  byHand: 'only you know which stage was meant',
  examples: { bad: 'bad-own-name', good: 'good-other-stage' },
  dockerfile(dockerfile, report) {
    for (const { from, span, stage, named, keyword } of copySourcesOf(dockerfile))
      if (named === stage)
        report({ at: span, message: `${keyword} takes from "${from}", which is the very stage it stands in` });
  },
};
