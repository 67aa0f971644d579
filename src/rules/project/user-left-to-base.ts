import { isNoRoot } from '../no-root.ts';
import type { Rule } from '../rule.ts';
import { aliasesWithoutUser, lastIsRoot, noUser, stageHas } from '../user-instructions.ts';

export const userLeftToBase: Rule = {
  id: 'project/user-left-to-base',
  summary: 'An image that leaves its user to its base or its start',
  why: 'A new version of the base, or another command, may run as someone else, root included, and nothing in this file shows it.',
  sources: ['https://docs.docker.com/reference/dockerfile/#user'],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG7'],
  aliases: [...new Set([...lastIsRoot, ...noUser])],
  // It is known not to run as root, or to step down by itself: nothing is wrong today.
  optIn: true,
  byHand: 'only you know which user the base should run as',
  examples: { bad: 'bad-nginx', good: 'good-user' },
  service(service, report, project) {
    const { image, user, compose, privilege } = service;
    if (compose || !image.stage || !isNoRoot(service, project)) return;
    const base = image.base?.text ?? image.stage.from.written;
    if (!stageHas(image.stage, 'USER'))
      report({
        at: image.stage.from.span,
        message:
          privilege === 'non-root'
            ? `The image has no USER and runs as whoever ${base} says`
            : 'The image has no USER and relies on how it starts to give up root',
        aliases: aliasesWithoutUser(image),
      });
    else if (privilege === 'steps-down' && user?.from.kind === 'file')
      report({
        at: user.from.span,
        message: `USER ${user.value} leaves it to the entrypoint of ${base} to give up root`,
        aliases: lastIsRoot,
      });
  },
};
