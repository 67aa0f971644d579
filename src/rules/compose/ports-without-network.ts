import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const portsWithoutNetwork: Rule = {
  id: 'compose/ports-without-network',
  summary: 'Published ports of a service without a network of its own',
  why: "With the host's network the mapping is thrown away, and the app listens on its own port, past 127.0.0.1 and the firewall rules of Docker; with another container's the engine refuses to start it.",
  sources: [
    'https://docs.docker.com/engine/network/drivers/host/',
    'https://docs.docker.com/reference/compose-file/services/#network_mode',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.2.0',
  mission: ['RUN13'],
  aliases: [],
  byHand: 'only you know which network it should be on',
  examples: { bad: 'bad-host', good: 'good-bridge' },
  service(service, report) {
    const { networkMode, ports } = service;
    const [first] = ports;
    if (!networkMode || !first || !isContainer(service)) return;
    const mode = networkMode.value;
    const related = [{ at: networkMode.span, message: `network_mode is ${mode}` }];
    if (mode === 'host' || mode === 'none') {
      // The same port on both sides comes to the same, if on all interfaces.
      const isSame =
        mode === 'host' && ports.every((one) => one.hostIp === undefined && one.published === String(one.target));
      const message =
        mode === 'host'
          ? `"${service.name}" uses the host's network, so its published ports are thrown away`
          : `"${service.name}" has no network at all, so its published ports are thrown away`;
      report({ at: first.span, message, related, ...(isSame ? { severity: 'low' as const } : {}) });
    } else if (/^(?:service|container):/.test(mode)) {
      const message = `"${service.name}" publishes ports in the network of ${mode.replace(':', ' ')}, which the engine refuses`;
      report({ at: first.span, message, related, severity: 'high' });
    }
  },
};
