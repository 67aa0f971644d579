import { addHealthcheck } from '../../cures/add-healthcheck.ts';
import { programOf } from '../../model/image/programs.ts';
import type { Service } from '../../model/service.ts';
import type { Confidence, Severity } from '../../vocabulary/severity.ts';
import { keepsRunning } from '../keeps-running.ts';
import type { Rule } from '../rule.ts';
import { lackAt } from '../subject.ts';

const ofImage = [
  'hadolint:DL3057',
  'trivy:DS-0026',
  'kics:healthcheck_instruction_missing',
  'checkov:CKV_DOCKER_2',
  'dockle:CIS-DI-0006',
];
const ofCompose = ['kics:healthcheck_not_set'];

export const noHealthcheck: Rule = {
  id: 'project/no-healthcheck',
  summary: 'A server that nothing checks',
  why: 'A server that hangs stays "Up": nothing restarts it, nothing waits for it, and users find out first.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#healthcheck',
    'https://docs.docker.com/reference/compose-file/services/#healthcheck',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG8', 'RUN11'],
  aliases: [...ofImage, ...ofCompose],
  drill: 'honest-health',
  examples: { bad: 'bad-server', good: 'good-healthcheck' },
  service(service, report, project) {
    const { healthcheck, image, compose } = service;
    if (healthcheck.kind !== 'none' && healthcheck.kind !== 'unknown') return;
    if (!(compose || image.stage)) return;
    if (compose) {
      if (service.role.runs !== 'server') return;
      // The image was built elsewhere and may bring its own check.
      const unknown = healthcheck.kind === 'unknown';
      report({
        at: service.at('healthcheck'),
        message: unknown ? `Nothing is known to check "${service.name}"` : `Nothing checks "${service.name}"`,
        ...(unknown ? ({ severity: 'low', confidence: 'guess' } as const) : {}),
        ...(isByTheClock(service) ? ({ severity: 'low' } as const) : {}),
        aliases: image.stage ? [...ofImage, ...ofCompose] : ofCompose,
        fix: () => addHealthcheck(service, project),
      });
      return;
    }
    if (!keepsRunning(service)) return;
    const unknown = healthcheck.kind === 'unknown';
    const weight = ofLoneImage(service, unknown);
    report({
      at: lackAt(service, 'healthcheck'),
      // Its base may bring one.
      message: unknown ? 'The image brings no health check of its own' : 'The image has no health check',
      aliases: ofImage,
      fix: () => addHealthcheck(service, project),
      ...weight,
    });
  },
};

/** Kubernetes and Compose may check it from outside, so a Dockerfile by itself is never sure to be at fault. */
function ofLoneImage(service: Service, unknown: boolean): { severity: Severity; confidence: Confidence } {
  const listens = service.listens.length > 0;
  if (listens && !unknown) return { severity: 'medium', confidence: 'likely' };
  return { severity: 'low', confidence: listens ? 'likely' : 'guess' };
}

/** A loop or a cron: nothing asks it anything. */
function isByTheClock(service: Service): boolean {
  const names = service.process.commands.map((command) => programOf(command).name ?? '');
  return names.some((name) => /^(?:crond?|supercronic|sleep|ofelia|go-cron)$/.test(name));
}
