import type { Rule } from '../rule.ts';
import { packageSteps } from '../steps.ts';

export const apkWithoutVirtual: Rule = {
  id: 'dockerfile/apk-without-virtual',
  summary: 'apk packages added and removed by two lists',
  why: 'The two lists drift apart, and build tools stay in the image; a virtual package removes exactly what was added.',
  sources: ['https://github.com/gliderlabs/docker-alpine/blob/master/docs/usage.md#virtual-packages'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG3', 'IMG4'],
  aliases: ['dockerfilelint:apkadd-missing-virtual'],
  optIn: true,
  byHand: 'only you know which of the packages the image needs when it runs',
  examples: { bad: 'bad-two-lists', good: 'good-virtual' },
  dockerfile(dockerfile, report) {
    for (const { runs } of packageSteps(dockerfile, 'image')) {
      const own = runs.filter(({ manager }) => manager === 'apk');
      const removal = own.find(({ verb }) => verb === 'remove');
      const isNamed = own.some(({ options }) => options.flags.has('--virtual') || options.flags.has('-t'));
      if (removal && !isNamed && own.some(({ verb }) => verb === 'install'))
        report({ at: removal.command.span, message: '"apk del" repeats by hand what "apk add" installed' });
    }
  },
};
