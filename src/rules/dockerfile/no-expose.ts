import { declarePort } from '../../cures/declare-port.ts';
import type { Rule } from '../rule.ts';
import { subject } from '../subject.ts';

export const noExpose: Rule = {
  id: 'dockerfile/no-expose',
  summary: 'A port that the image does not declare',
  why: 'Proxies and platforms that find services by EXPOSE (Traefik, nginx-proxy, docker run -P) do not see this one.',
  sources: ['https://docs.docker.com/reference/dockerfile/#expose'],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG11'],
  aliases: [],
  examples: { bad: 'bad-command-line', good: 'good-expose' },
  service(service, report) {
    const target = service.build?.dockerfile?.target;
    const { image } = service;
    // An unknown base may declare it.
    if (!target || image.exposed.length > 0 || (!image.isScratch && image.facts?.exposedPorts === undefined)) return;
    const [port] = service.listens;
    // A port that Compose publishes, or declares, is found without EXPOSE.
    if (!port || service.ports.some(({ target: inner }) => inner === port.value) || service.attribute('expose')) return;
    report({
      at: target.from.span,
      fix: () => declarePort(target, port.value),
      message: `${subject(service, target.from.span)} listens on port ${port.value}, which it does not declare`,
      ...(port.from.kind === 'file'
        ? { related: [{ at: port.from.span, message: `port ${port.value} is named here` }] }
        : {}),
    });
  },
};
