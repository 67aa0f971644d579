import { addHealthcheck } from '../../cures/add-healthcheck.ts';
import { keepsRunning } from '../keeps-running.ts';
import type { Rule } from '../rule.ts';

export const noHealthcheckInstruction: Rule = {
  id: 'project/no-healthcheck-instruction',
  summary: 'An image without HEALTHCHECK, whatever it runs',
  why: 'Who starts it as a service all the same has nothing that notices when it hangs.',
  sources: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  severity: 'low',
  confidence: 'guess',
  since: '0.1.0',
  mission: ['IMG8'],
  aliases: [
    'hadolint:DL3057',
    'trivy:DS-0026',
    'kics:healthcheck_instruction_missing',
    'checkov:CKV_DOCKER_2',
    'dockle:CIS-DI-0006',
  ],
  // A tool, a shell or an image to build on has nothing to check; `no-healthcheck` speaks of servers.
  optIn: true,
  examples: { bad: 'bad-tool', good: 'good-healthcheck' },
  service(service, report, project) {
    const { healthcheck, image, compose } = service;
    if (compose || !image.stage || keepsRunning(service)) return;
    if (healthcheck.kind === 'none' || healthcheck.kind === 'unknown')
      report({
        at: image.stage.from.span,
        message: 'The image has no HEALTHCHECK',
        fix: () => addHealthcheck(service, project),
      });
  },
};
