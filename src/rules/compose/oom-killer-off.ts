import { fixOf } from '../../edit/change.ts';
import { removeAttribute } from '../../edit/compose.ts';
import { booleanOf, text } from '../../model/compose/tree-access.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const oomKillerOff: Rule = {
  id: 'compose/oom-killer-off',
  summary: 'A container that the kernel may not kill when memory runs out',
  why: 'The kernel then kills something else, sshd or the engine itself, or the whole host stands still until somebody pulls the plug.',
  sources: [
    'https://docs.docker.com/engine/containers/resource_constraints/#understand-the-risks-of-running-out-of-memory',
    'https://docs.docker.com/reference/compose-file/services/#oom_kill_disable',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.2.0',
  mission: ['RUN5'],
  aliases: [],
  drill: 'memory-limit',
  examples: { bad: 'bad-disabled', good: 'good-limit' },
  service(service, report, project) {
    if (!isContainer(service)) return;
    const limited = service.memoryLimit !== undefined;
    const off = service.attribute('oom_kill_disable');
    if (off && booleanOf(off) === true)
      report({
        at: off.span,
        message: limited
          ? `"${service.name}" freezes at its memory limit, since the OOM killer is switched off for it`
          : `The OOM killer is switched off for "${service.name}", which has no memory limit`,
        severity: limited ? 'medium' : 'high',
        // On a host with cgroup 2 the engine warns and drops it.
        confidence: 'likely',
        fix: () =>
          fixOf(
            { title: 'Leave the OOM killer on', safety: 'review', provedBy: 'memory-limit' },
            removeAttribute(project, service, 'oom_kill_disable'),
          ),
      });
    const score = service.attribute('oom_score_adj');
    // dockerd runs with -500: what is below outlives the engine.
    if (score && Number(text(score)) <= -500)
      report({
        at: score.span,
        message: `"${service.name}" is killed later than the engine itself when the host runs out of memory`,
        severity: limited ? 'low' : 'medium',
        fix: () =>
          fixOf(
            { title: 'Leave the order of killing to the kernel', safety: 'review', provedBy: 'memory-limit' },
            removeAttribute(project, service, 'oom_score_adj'),
          ),
      });
  },
};
