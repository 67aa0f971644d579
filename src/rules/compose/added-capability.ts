import { capabilityDanger, defaultCapabilities, parseCapability } from '../../knowledge/capabilities.ts';
import { isContainer } from '../deployed.ts';
import { listed } from '../in-words.ts';
import type { Rule } from '../rule.ts';

export const addedCapability: Rule = {
  id: 'compose/added-capability',
  summary: 'A container is given capabilities by name',
  why: 'Each was needed once; what needed it goes with some later version, and the capability stays for whoever breaks in.',
  sources: [
    'https://docs.docker.com/engine/security/#linux-kernel-capabilities',
    'https://docs.docker.com/reference/compose-file/services/#cap_add',
  ],
  severity: 'low',
  confidence: 'guess',
  since: '0.1.0',
  mission: ['RUN2'],
  aliases: ['kics:container_capabilities_unrestricted'],
  drill: 'capabilities',
  // Giving back what is needed after `cap_drop: [ALL]` is how it should be done: this list is for an audit.
  optIn: true,
  byHand: 'only you know what it does with it; the capabilities drill proposes the least set',
  examples: { bad: 'bad-given-back', good: 'good-none' },
  service(service, report) {
    if (!isContainer(service)) return;
    // compose/dangerous-capability speaks of the others itself.
    const harmless = service.capAdd.map(({ value }) => value).filter((name) => !isDangerous(name));
    if (harmless.length === 0) return;
    report({ at: service.at('cap_add'), message: `"${service.name}" is given ${listed(harmless)}` });
  },
};

function isDangerous(name: string): boolean {
  const capability = parseCapability(name);
  if (capability === undefined) return false;
  const isDefault = capability !== 'ALL' && defaultCapabilities.includes(capability);
  return !isDefault && capabilityDanger(capability) !== undefined;
}
