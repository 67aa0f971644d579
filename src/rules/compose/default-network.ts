import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const defaultNetwork: Rule = {
  id: 'compose/default-network',
  summary: 'A service names no network and joins the default one',
  why: 'Everything in the project that names none is there too: whoever takes one service over speaks to all of them.',
  sources: [
    'https://docs.docker.com/compose/how-tos/networking/#specify-custom-networks',
    'https://docs.docker.com/reference/compose-file/networks/#the-default-network',
  ],
  severity: 'low',
  confidence: 'guess',
  since: '0.1.0',
  mission: ['RUN13'],
  aliases: ['kics:networks_not_set'],
  drill: 'network-isolation',
  // For a few services that all speak to each other it is right: compose/flat-network names the projects where it is not.
  optIn: true,
  byHand: 'only you know who may reach whom',
  examples: { bad: 'bad-none', good: 'good-named' },
  service(service, report) {
    if (!isContainer(service) || service.networkMode) return;
    const networks = service.compose?.entries.get('networks');
    // Normalization puts the default network there, key and value at one place: what was written has two.
    if (networks && networks.keySpan.end !== networks.value.span.end) return;
    report({ at: service.nameSpan, message: `"${service.name}" is on the project's default network` });
  },
};
