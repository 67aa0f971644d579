import { text } from '../../model/compose/tree-access.ts';
import type { Service } from '../../model/service.ts';
import type { Severity } from '../../vocabulary/severity.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

interface Namespace {
  readonly key: string;
  readonly severity: Severity;
  readonly means: string;
  readonly aliases?: readonly string[];
}

const namespaces: readonly Namespace[] = [
  {
    key: 'network_mode',
    severity: 'medium',
    means: 'opens its ports on every address of the host and reaches everything that listens on localhost there',
    // It has no network of its own, which is what the second one asks for.
    aliases: ['kics:shared_host_network_namespace', 'kics:networks_not_set'],
  },
  {
    key: 'pid',
    severity: 'high',
    means: 'sees the processes of the host and may signal them',
    aliases: ['kics:host_namespace_is_shared'],
  },
  {
    key: 'ipc',
    severity: 'medium',
    means: 'reads and writes shared memory of the host',
    aliases: ['kics:shared_host_ipc_namespace'],
  },
  {
    key: 'userns_mode',
    severity: 'medium',
    means: 'is root of the host where the engine would make it an ordinary user',
    aliases: ['kics:shared_host_user_namespace'],
  },
  { key: 'uts', severity: 'low', means: 'may change the name of the host' },
  { key: 'cgroup', severity: 'low', means: 'sees the control groups of the host' },
];
/** Agents whose work is to look at the host. */
const agents =
  /node[-_]exporter|cadvisor|netdata|datadog|newrelic|dynatrace|falco|sysdig|glances|telegraf|process[-_]exporter|beyla|ebpf|pixie|instana|wazuh|osquery|crowdsec|zabbix-agent|beszel-agent|scope/i;

export const hostNamespaces: Rule = {
  id: 'compose/host-namespaces',
  summary: 'A container shares a namespace with the host',
  why: 'Namespaces are what makes a container one: each that is shared puts the host a step closer to whoever breaks in.',
  sources: [
    'https://docs.docker.com/engine/security/#kernel-namespaces',
    'https://docs.docker.com/engine/network/drivers/host/',
    'https://docs.docker.com/reference/compose-file/services/#pid',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN3', 'RUN13'],
  aliases: [
    'kics:shared_host_network_namespace',
    'kics:host_namespace_is_shared',
    'kics:shared_host_ipc_namespace',
    'kics:shared_host_user_namespace',
    'kics:networks_not_set',
  ],
  byHand: 'only you know what it does in the namespace of the host',
  examples: { bad: 'bad-network', good: 'good-other-service' },
  service(service, report) {
    if (!isContainer(service)) return;
    for (const { key, severity, means, aliases = [] } of namespaces) {
      const node = service.attribute(key);
      if (!node || text(node) !== 'host') continue;
      report({
        at: node.span,
        message: `"${service.name}" has \`${key}: host\`: it ${means}`,
        severity: isAgent(service) ? 'low' : severity,
        aliases,
      });
    }
  },
};

function isAgent(service: Service): boolean {
  return agents.test(service.imageName?.value ?? '');
}
