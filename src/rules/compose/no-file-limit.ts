import { limitFiles } from '../../cures/limit-files.ts';
import { child } from '../../model/compose/tree-access.ts';
import { isDeployed } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const noFileLimit: Rule = {
  id: 'compose/no-file-limit',
  summary: 'The number of open files is left to the engine',
  why: 'What the engine gives differs between machines, from 1,024 to a billion: the same server refuses connections on one host and spends minutes closing descriptors at start on another.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#ulimits',
    'https://docs.docker.com/reference/cli/dockerd/#default-ulimit-settings',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN8'],
  aliases: [],
  drill: 'fd-limit',
  // A number that is too small does harm, and no file tells the right one.
  optIn: true,
  examples: { bad: 'bad-default', good: 'good-nofile' },
  service(service, report, project) {
    if (!isDeployed(service) || service.role.runs !== 'server') return;
    if (child(service.attribute('ulimits'), 'nofile') !== undefined) return;
    report({
      at: service.at('ulimits'),
      message: `"${service.name}" has whatever limit of open files the engine gives`,
      fix: () => limitFiles(service, project),
    });
  },
};
