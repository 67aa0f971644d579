import {
  type Capability,
  capabilityDanger,
  defaultCapabilities,
  parseCapability,
} from '../../knowledge/capabilities.ts';
import type { Service } from '../../model/service.ts';
import type { Severity } from '../../vocabulary/severity.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

/** As good as root on the host, with nothing else needed. */
const wholeHost: ReadonlySet<string> = new Set(['ALL', 'SYS_ADMIN', 'SYS_MODULE', 'SYS_RAWIO']);
/** What tunnels are made of. */
const tunnels =
  /wireguard|openvpn|tailscale|gluetun|zerotier|netmaker|netbird|strongswan|softether|headscale|pihole|vpn/i;

export const dangerousCapability: Rule = {
  id: 'compose/dangerous-capability',
  summary: 'A container is given a capability that reaches beyond it',
  why: 'With such a capability a break-in does not stay in the container: it reaches the host, or everything else that runs there.',
  sources: [
    'https://man7.org/linux/man-pages/man7/capabilities.7.html',
    'https://docs.docker.com/engine/security/#linux-kernel-capabilities',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN2'],
  aliases: ['kics:container_capabilities_unrestricted'],
  drill: 'capabilities',
  byHand: 'only you know what it does with it; the capabilities drill proposes the least set',
  examples: { bad: 'bad-sys-admin', good: 'good-harmless' },
  service(service, report) {
    if (!isContainer(service)) return;
    for (const { value, span } of service.capAdd) {
      const capability = parseCapability(value);
      const danger = capability && capabilityDanger(capability);
      // NET_RAW given back after `cap_drop: [ALL]` is what everybody else has by default.
      if (!capability || !danger || isDefault(capability)) continue;
      report({
        at: span,
        message: `"${service.name}" is given ${capability}, which ${danger.why}`,
        severity: severityOf(capability, danger.reach, service),
      });
    }
  },
};

function isDefault(capability: Capability | 'ALL'): boolean {
  return capability !== 'ALL' && defaultCapabilities.includes(capability);
}

function severityOf(capability: Capability | 'ALL', reach: 'host' | 'wide', service: Service): Severity {
  if (wholeHost.has(capability)) return 'critical';
  const hostsProcesses = service.attribute('pid')?.kind === 'scalar';
  if (capability === 'SYS_PTRACE') return hostsProcesses ? 'critical' : 'medium';
  if (reach === 'host') return 'high';
  if (capability === 'NET_ADMIN') {
    // With the host's network it is the host's firewall; in its own, only its own.
    if (service.networkMode?.value === 'host') return 'high';
    return tunnels.test(service.imageName?.value ?? service.name) ? 'low' : 'medium';
  }
  // MySQL's and PostgreSQL's own documentation asks for SYS_NICE, real-time work for it too.
  return capability === 'SYS_NICE' || capability === 'SYS_RESOURCE' ? 'low' : 'medium';
}
