import type { Service } from '../../model/service.ts';
import { plainPath } from '../../vocabulary/path-end.ts';
import type { Severity } from '../../vocabulary/severity.ts';
import { isContainer } from '../deployed.ts';
import { hostPath } from '../host-paths.ts';
import type { Rule } from '../rule.ts';

/** Directories that say what the host is: their owner owns it. Everything below them counts too. */
const system = [
  '/etc',
  '/boot',
  '/proc',
  '/sys',
  '/dev',
  '/lib',
  '/lib64',
  '/bin',
  '/sbin',
  '/usr',
  '/root',
  '/run/secrets',
];
/** These as a whole only: what lies below is mostly somebody's data. */
const wholes = [
  '/',
  '/var',
  '/var/lib',
  '/var/run',
  '/run',
  '/home',
  '/var/log',
  '/opt',
  '/var/lib/docker',
  '/var/lib/containers',
];
/** Of the engine or the cluster: other containers' files and keys. */
const engines = ['/var/lib/docker', '/var/lib/kubelet', '/var/lib/containerd', '/var/lib/containers'];
const keys = /(?:^|\/)\.(?:ssh|aws|kube|docker|gnupg|azure|config\/gcloud)(?:\/|$)/;
/** Commonly mounted, and harmless: the time zone, certificates, device nodes that something is made for, modules to load. */
const harmless =
  /^\/(?:etc\/(?:localtime|timezone|letsencrypt|ssl|pki|ca-certificates|hosts|hostname|machine-id|os-release|resolv\.conf|nginx|caddy|haproxy|traefik)|usr\/(?:share|local|src|lib\/os-release)|dev\/(?:shm|dri|net\/tun|snd|bus\/usb|serial|tty\w*|video\d*|kvm|fuse|nvidia\w*|rtc)|lib\/modules|proc\/(?:meminfo|cpuinfo|stat|uptime|diskstats|swaps|loadavg)|sys\/(?:class|devices|fs\/cgroup))(?:\/|$)/;
/** Agents that look at the host, and mount it read-only for that. */
const agents =
  /node[-_]exporter|cadvisor|netdata|datadog|newrelic|dynatrace|falco|sysdig|glances|telegraf|promtail|alloy|vector|fluent|filebeat|metricbeat|process[-_]exporter|wazuh|osquery|crowdsec|zabbix|beszel|otel|opentelemetry|signoz|homepage/i;

export const sensitiveHostPath: Rule = {
  id: 'compose/sensitive-host-path',
  summary: 'A directory of the host that belongs to its system is mounted',
  why: 'What the container writes there is written on the host, and what it reads there are the passwords and keys of the host: a break-in is not held by the container any more.',
  sources: [
    'https://docs.docker.com/engine/storage/bind-mounts/',
    'https://docs.docker.com/engine/security/#docker-daemon-attack-surface',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN4', 'RUN16'],
  aliases: ['kics:volume_has_sensitive_host_directory'],
  examples: { bad: 'bad-etc', good: 'good-own-files' },
  service(service, report, project) {
    if (!isContainer(service)) return;
    for (const mount of service.mounts) {
      const written = hostPath(mount, project);
      if (written === undefined) continue;
      const path = plainPath(written);
      const severity = severityOf(path, mount.readOnly, service);
      if (severity === undefined) continue;
      report({
        at: mount.span,
        message: `"${service.name}" ${mount.readOnly ? 'reads' : 'may write to'} ${path} of the host`,
        severity,
      });
    }
  },
};

function severityOf(path: string, readOnly: boolean, service: Service): Severity | undefined {
  // The socket of the engine has a rule of its own.
  if (path.endsWith('.sock')) return undefined;
  if (keys.test(path)) return readOnly ? 'medium' : 'high';
  if (harmless.test(path)) return undefined;
  const isSystem = system.some((directory) => isAt(path, directory));
  const isEngine = engines.some((directory) => isAt(path, directory));
  if (!isSystem && !isEngine && !wholes.includes(path)) return undefined;
  if (agents.test(service.imageName?.value ?? '')) return readOnly ? undefined : 'low';
  if (path.startsWith('/var/log') || path === '/opt') return readOnly ? undefined : 'low';
  if (readOnly) return 'medium';
  return path === '/' || path === '/etc' || path === '/boot' || path === '/root' || path === '/usr'
    ? 'critical'
    : 'high';
}

function isAt(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}
