import { child, text } from '../../model/compose/tree-access.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const mountPropagation: Rule = {
  id: 'compose/mount-propagation',
  summary: 'Mounts are passed on between the host and a container',
  why: 'With shared propagation, what the container mounts appears on the host and in every other container that has the directory.',
  sources: [
    'https://docs.docker.com/engine/storage/bind-mounts/#configure-bind-propagation',
    'https://docs.kernel.org/filesystems/sharedsubtree.html',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN4'],
  aliases: ['kics:volume_mounted_in_multiple_containers'],
  byHand: 'only you know which mounts must be seen',
  examples: { bad: 'bad-shared', good: 'good-private' },
  service(service, report) {
    if (!isContainer(service)) return;
    for (const mount of service.mounts) {
      const propagation = text(child(mount.node, 'bind.propagation'));
      if (propagation === undefined || !/^r?(?:shared|slave)$/.test(propagation)) continue;
      const isShared = propagation.endsWith('shared');
      report({
        at: mount.span,
        message: isShared
          ? `What "${service.name}" mounts below ${mount.target} appears on the host too`
          : `What the host mounts below ${mount.source ?? mount.target} appears in "${service.name}" too`,
        severity: isShared ? 'medium' : 'low',
      });
    }
  },
};
