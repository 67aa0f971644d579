import type { HostBody, ServicePlan } from '../../stack/plan.ts';
import type { Note } from './isolated.ts';

/** Published on this machine alone, at a port that is free: the engine picks it. */
export function freePorts(plan: ServicePlan, note: Note): ServicePlan {
  const { PortBindings, ...host } = plan.body.HostConfig;
  if (!PortBindings) return plan;
  const free: Record<string, NonNullable<HostBody['PortBindings']>[string]> = {};
  for (const [port, bindings] of Object.entries(PortBindings)) {
    free[port] = [{ HostIp: '127.0.0.1', HostPort: '' }];
    for (const { HostIp, HostPort } of bindings) {
      // An address of IPv6 in brackets, as it is written in a Compose file.
      const address = HostIp?.includes(':') ? `[${HostIp}]` : HostIp;
      note('port', [address, HostPort, port].filter(Boolean).join(':'), 'a free port of 127.0.0.1');
    }
  }
  return { ...plan, body: { ...plan.body, HostConfig: { ...host, PortBindings: free } } };
}
