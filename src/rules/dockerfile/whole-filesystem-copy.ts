import type { Rule } from '../rule.ts';

export const wholeFilesystemCopy: Rule = {
  id: 'dockerfile/whole-filesystem-copy',
  summary: 'A whole file system copied from another stage',
  why: 'All that the stage was made to leave behind comes along: compilers, caches, and the secrets of the build.',
  sources: ['https://docs.docker.com/build/building/multi-stage/'],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG3', 'IMG14'],
  aliases: ['hadolint:DL3067'],
  byHand: 'only you know which of the files are needed',
  examples: { bad: 'bad-root', good: 'good-one-folder' },
  dockerfile(dockerfile, report) {
    for (const stage of dockerfile.stages) {
      // Onto scratch it is a way to make one layer of many.
      if (stage.from.isScratch || !stage.isUsed) continue;
      for (const { instruction, scope } of stage.steps) {
        const from = instruction.flags.find(({ name }) => name === 'from')?.value;
        if (instruction.keyword !== 'COPY' || from === undefined) continue;
        for (const source of instruction.words.slice(0, -1)) {
          const { text, unset } = scope.expand(source.text);
          if (text === undefined || unset.length > 0 || !/^(?:\/|\.|\/\.|\.\/|\/\*|\*)$/.test(text)) continue;
          report({
            at: source.span,
            message: `COPY takes the whole file system of "${from}"`,
            severity: stage.isInherited ? 'medium' : 'low',
          });
        }
      }
    }
  },
};
