import { edited, fixOf } from '../../edit/change.ts';
import { removeInstruction } from '../../edit/dockerfile.ts';
import type { Stage } from '../../model/dockerfile/dockerfile.ts';
import { weighed } from '../bases.ts';
import type { Rule } from '../rule.ts';

const aliasesOf: Readonly<Record<string, readonly string[]>> = {
  CMD: [
    'hadolint:DL4003',
    'trivy:DS-0016',
    'kics:multiple_cmd_instructions_listed',
    'semgrep:multiple-cmd-instructions',
  ],
  ENTRYPOINT: [
    'hadolint:DL4004',
    'trivy:DS-0007',
    'kics:multiple_entrypoint_instructions_listed',
    'semgrep:multiple-entrypoint-instructions',
  ],
  HEALTHCHECK: ['hadolint:DL3012', 'trivy:DS-0023'],
};
const always = ['buildkit:MultipleInstructionsDisallowed', 'dockerfile-utils:MULTIPLE_INSTRUCTIONS'];

export const duplicateCommand: Rule = {
  id: 'dockerfile/duplicate-command',
  summary: 'CMD, ENTRYPOINT or HEALTHCHECK twice in one stage',
  why: 'Docker takes the last and drops the others without a word: a process or a check that somebody counts on never runs.',
  sources: [
    'https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/',
    'https://docs.docker.com/reference/dockerfile/#cmd',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG8', 'IMG9'],
  aliases: [...Object.values(aliasesOf).flat(), ...always],
  examples: { bad: 'bad-two-cmd', good: 'good-one-per-stage' },
  dockerfile(dockerfile, report) {
    for (const stage of dockerfile.stages)
      for (const [keyword, aliases] of Object.entries(aliasesOf)) {
        const found = instructionsOf(stage, keyword);
        const last = found.at(-1);
        if (!last) continue;
        for (const instruction of found.slice(0, -1))
          report({
            at: instruction.keywordSpan,
            message: `This ${keyword} has no effect: a later ${keyword} of the stage replaces it`,
            severity: weighed(stage, 'medium'),
            aliases: [...aliases, ...always],
            related: [{ at: last.keywordSpan, message: `this ${keyword} counts` }],
            fix: () =>
              fixOf(
                { title: `Remove the ${keyword} that has no effect`, safety: 'safe' },
                edited(removeInstruction(dockerfile, instruction)),
              ),
          });
      }
  },
};

function instructionsOf(stage: Stage, keyword: string) {
  return stage.steps.map((step) => step.instruction).filter((instruction) => instruction.keyword === keyword);
}
