import { withoutSwap } from '../../cures/limit-resources.ts';
import { text } from '../../model/compose/tree-access.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const unlimitedSwap: Rule = {
  id: 'compose/unlimited-swap',
  summary: 'A container that may fill all swap of the host',
  why: 'Its memory limit stops nothing: a leak goes on into the swap, and the disk that all services share is busy with it for hours.',
  sources: [
    'https://docs.docker.com/engine/containers/resource_constraints/#--memory-swap-details',
    'https://docs.docker.com/reference/compose-file/services/#memswap_limit',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.2.0',
  mission: ['RUN5'],
  aliases: [],
  drill: 'memory-limit',
  examples: { bad: 'bad-unlimited', good: 'good-no-swap' },
  service(service, report, project) {
    const swap = service.attribute('memswap_limit');
    if (!isContainer(service) || !swap || Number(text(swap)) !== -1) return;
    report({
      at: swap.span,
      message: `"${service.name}" may fill all swap of the host`,
      fix: () => withoutSwap(service, project),
    });
  },
};
