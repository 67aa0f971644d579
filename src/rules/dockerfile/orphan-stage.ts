import { edited, fixOf } from '../../edit/change.ts';
import { removeInstruction } from '../../edit/dockerfile.ts';
import type { Rule } from '../rule.ts';

export const orphanStage: Rule = {
  id: 'dockerfile/orphan-stage',
  summary: 'A stage that nothing can use',
  why: 'Only the last stage becomes the image: what an earlier one without a name installs is not in it, as if the lines were not there.',
  sources: ['https://docs.docker.com/build/building/multi-stage/#name-your-build-stages'],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG3'],
  aliases: [],
  byHand: 'only you know whether its lines were meant for the image',
  examples: { bad: 'bad-two-bases', good: 'good-named-target' },
  dockerfile(dockerfile, report) {
    // A named stage may be somebody's --target, and a file with a target leaves stages unused on purpose.
    if (dockerfile.target !== dockerfile.stages.at(-1)) return;
    for (const { isOrphan, from, steps } of dockerfile.stages)
      if (isOrphan)
        report({
          at: from.span,
          message: `Nothing of the stage from "${from.written}" reaches the image`,
          ...(steps.length === 0
            ? {
                severity: 'low' as const,
                fix: () =>
                  fixOf(
                    { title: 'Remove the FROM that nothing uses', safety: 'safe' as const },
                    edited(removeInstruction(dockerfile, from.instruction)),
                  ),
              }
            : {}),
        });
  },
};
