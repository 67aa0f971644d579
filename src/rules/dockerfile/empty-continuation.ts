import { joinLines } from '../../cures/join-lines.ts';
import type { Rule } from '../rule.ts';

export const emptyContinuation: Rule = {
  id: 'dockerfile/empty-continuation',
  summary: 'An empty line inside a command that continues',
  why: 'Docker skips it with a warning that it will become an error, and until then the next instruction may be swallowed by this one.',
  sources: ['https://docs.docker.com/reference/build-checks/no-empty-continuation/'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: [],
  aliases: ['buildkit:NoEmptyContinuation', 'dockerfile-utils:EMPTY_CONTINUATION_LINE'],
  examples: { bad: 'bad-empty-line', good: 'good-comment-line' },
  dockerfile(dockerfile, report) {
    for (const { code, span, message } of dockerfile.tree.faults)
      if (code === 'empty-continuation') report({ at: span, message, fix: () => joinLines(dockerfile, span) });
  },
};
