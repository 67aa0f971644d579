import { defaultCapabilities, parseCapability } from '../../knowledge/capabilities.ts';
import type { Service } from '../../model/service.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const uselessCapability: Rule = {
  id: 'compose/useless-capability',
  summary: 'A capability is given that changes nothing',
  why: 'It looks needed, so nobody dares to take it away, and whoever breaks in as root may use it.',
  sources: [
    'https://docs.docker.com/reference/cli/docker/container/run/#privileged',
    'https://man7.org/linux/man-pages/man7/capabilities.7.html',
    'https://github.com/moby/moby/pull/41030',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN2'],
  aliases: [],
  drill: 'capabilities',
  byHand: 'a capability looks needed to whoever wrote it: ask them',
  examples: { bad: 'bad-low-port-as-user', good: 'good-root-low-port' },
  service(service, report) {
    if (!isContainer(service) || service.privileged?.value === true) return;
    const dropsAll = service.capDrop.some(({ value }) => parseCapability(value) === 'ALL');
    for (const { value, span } of service.capAdd) {
      const capability = parseCapability(value);
      if (capability === undefined || capability === 'ALL') continue;
      if (capability === 'NET_BIND_SERVICE' && bindsWithoutIt(service)) {
        // moby sets net.ipv4.ip_unprivileged_port_start=0 since 20.10: any user may bind any port of the container.
        // Measured on 20.10: a process that is not root binds port 80 with no capability, and with that sysctl at 1024
        // NET_BIND_SERVICE does not help it either, since Docker sets no ambient capabilities.
        report({ at: span, message: `"${service.name}" does not run as root, so NET_BIND_SERVICE gives it nothing` });
      } else if (!dropsAll && defaultCapabilities.includes(capability) && !isDropped(service, capability)) {
        const message = `"${service.name}" has ${capability} by default, so adding it changes nothing`;
        report({ at: span, message, confidence: 'certain' });
      }
    }
  },
};

function isDropped(service: Service, capability: string): boolean {
  return service.capDrop.some(({ value }) => parseCapability(value) === capability);
}

function bindsWithoutIt(service: Service): boolean {
  const { image } = service;
  if (service.privilege !== 'non-root' || service.networkMode?.value === 'host') return false;
  if (service.attribute('sysctls') !== undefined) return false;
  // A binary with file capabilities (caddy's) does not start without them in the bounding set.
  if (image.facts?.needsCapabilities?.names.includes('NET_BIND_SERVICE')) return false;
  const stages = image.stage?.dockerfile.stages ?? [];
  const setsFileCapabilities = stages.some(({ steps }) =>
    steps.some(({ commands }) => commands.some((command) => command.words.some(({ text }) => text.endsWith('setcap')))),
  );
  // Of an image nobody looked at, nobody knows whether its binaries have any.
  return !setsFileCapabilities && (image.facts !== undefined || image.isScratch);
}
