import { giveBackCapabilities } from '../../cures/drop-capabilities.ts';
import { type Capability, defaultCapabilities, parseCapability } from '../../knowledge/capabilities.ts';
import { factConfidence } from '../../knowledge/image-facts.ts';
import type { Service } from '../../model/service.ts';
import { isContainer } from '../deployed.ts';
import { listed } from '../in-words.ts';
import type { Rule } from '../rule.ts';

/** Without these two no process can become another user. */
const toStepDown: ReadonlySet<string> = new Set(['SETUID', 'SETGID']);

export const droppedNeededCapability: Rule = {
  id: 'compose/dropped-needed-capability',
  summary: 'A capability is dropped that the image needs to start',
  why: 'The container fails at its start, or goes on as root because it could not become anybody else.',
  sources: [
    'https://github.com/docker-library/postgres/issues/649',
    'https://github.com/caddyserver/caddy-docker/issues/396',
    'https://docs.docker.com/reference/compose-file/services/#cap_drop',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN2'],
  aliases: [],
  drill: 'capabilities',
  examples: { bad: 'bad-steps-down', good: 'good-given-back' },
  service(service, report, project) {
    const { facts } = service.image;
    if (!isContainer(service) || !facts || service.capDrop.length === 0 || service.privileged?.value === true) return;
    const lacks = (names: readonly string[]) => names.filter((name) => !holds(service, name));

    const needed = lacks(facts.needsCapabilities?.names ?? []);
    // Another entrypoint or binary than the image's own may not need them.
    if (needed.length > 0 && service.image.stage === undefined && service.process.entrypoint?.from.kind !== 'file') {
      report({
        at: service.at('cap_drop'),
        message: `"${service.name}" drops ${listed(needed, 9)}, without which ${facts.image} does not start`,
        fix: () => giveBackCapabilities(service, project, needed),
      });
      return;
    }
    if (service.privilege !== 'steps-down' || !facts.stepsDown?.capabilities) return;
    const missing = lacks(facts.stepsDown.capabilities);
    if (missing.length === 0) return;
    const stays = missing.some((name) => toStepDown.has(name));
    report({
      at: service.at('cap_drop'),
      message: stays
        ? `"${service.name}" drops ${listed(missing, 9)}, which ${facts.image} needs to become "${facts.stepsDown.to}"`
        : `"${service.name}" drops ${listed(missing, 9)}, which ${facts.image} needs when its files belong to another user`,
      severity: stays ? 'high' : 'medium',
      confidence: factConfidence(facts, 'capabilities'),
      fix: () => giveBackCapabilities(service, project, missing),
    });
  },
};

function holds(service: Service, name: string): boolean {
  const has = (list: Service['capAdd'], wanted: string) => list.some(({ value }) => parseCapability(value) === wanted);
  if (has(service.capAdd, name) || has(service.capAdd, 'ALL')) return true;
  if (has(service.capDrop, name) || has(service.capDrop, 'ALL')) return false;
  return defaultCapabilities.includes(name as Capability);
}
