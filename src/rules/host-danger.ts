import type { Service } from '../model/service.ts';
import type { Severity } from '../vocabulary/severity.ts';

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

/** How bad it is that a service has this path of the host; undefined where it is common and harmless. */
export function hostPathSeverity(path: string, readOnly: boolean, service: Service): Severity | undefined {
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
