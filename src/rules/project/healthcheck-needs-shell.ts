import { askWithoutShell } from '../../cures/mend-healthcheck.ts';
import { askedBy, ownTest } from '../probe.ts';
import type { Rule } from '../rule.ts';
import { object } from '../subject.ts';

export const healthcheckNeedsShell: Rule = {
  id: 'project/healthcheck-needs-shell',
  summary: 'A health check that needs a shell in an image without one',
  why: 'CMD-SHELL and the shell form start /bin/sh; where there is none, every probe fails and a healthy service is called unhealthy.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#healthcheck',
    'https://github.com/GoogleContainerTools/distroless#entrypoints',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG8', 'RUN11'],
  aliases: [],
  drill: 'honest-health',
  examples: { bad: 'bad-shell-form-in-distroless', good: 'good-exec-form' },
  service(service, report, project) {
    const test = ownTest(service);
    const { image } = service;
    if (test?.test.form !== 'shell' || image.shell !== 'no') return;
    // The image brings a shell somewhere else: SHELL names it.
    if (image.stage?.steps.some((step) => step.shellIsSet)) return;
    const base = image.isScratch ? 'scratch' : (image.base?.text ?? 'the image');
    report({
      at: test.span,
      message: `The health check of ${object(service, test.span)} needs a shell, and ${base} has none`,
      confidence: image.facts?.confidence ?? 'certain',
      fix: () => askWithoutShell(service, project, test, askedBy(test)[0]),
    });
  },
};
