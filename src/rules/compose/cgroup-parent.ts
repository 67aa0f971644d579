import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const cgroupParent: Rule = {
  id: 'compose/cgroup-parent',
  summary: 'A container is put into a control group of somebody else',
  why: 'It shares the limits of that group: it may take what belongs to others there, and nobody sees it in the usual place.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#cgroup_parent',
    'https://docs.docker.com/reference/cli/dockerd/#default-cgroup-parent',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN5'],
  aliases: ['kics:cgroup_not_default'],
  byHand: 'only you know what the group is for',
  examples: { bad: 'bad-parent', good: 'good-default' },
  service(service, report) {
    const parent = service.attribute('cgroup_parent');
    if (!isContainer(service) || parent?.kind !== 'scalar' || !parent.value) return;
    report({ at: parent.span, message: `"${service.name}" runs inside the control group ${parent.value}` });
  },
};
