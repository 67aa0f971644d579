import { booleanOf, child, entriesOf, itemsOf, text, textsOf } from '../../model/compose/tree-access.ts';
import type { Project } from '../../model/project.ts';
import { proxyUpstreams } from '../../model/proxy-upstreams.ts';
import type { Service } from '../../model/service.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const unknownUpstream: Rule = {
  id: 'project/unknown-upstream',
  summary: 'A proxy sends requests to a name that it cannot find',
  why: 'nginx and HAProxy do not start when a name cannot be resolved: after the deployment nothing answers at all.',
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
    'https://docs.docker.com/compose/how-tos/networking/',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN18', 'RUN13'],
  aliases: [],
  examples: { bad: 'bad-misspelt', good: 'good-service' },
  service(service, report, project) {
    if (!isContainer(service) || service.networkMode || isOnForeignNetwork(service, project)) return;
    const told = new Set<string>();
    for (const { host, port, file, line, broughtBy } of proxyUpstreams(project.files, service)) {
      if (told.has(host)) continue;
      const targets = project.services.filter((other) => namesOf(other).includes(host));
      const where = `${file}, line ${line}`;
      if (targets.length === 0 && !ownNames(service).includes(host)) {
        told.add(host);
        const message = `"${service.name}" sends requests to "${host}" (${where}), and no service is called so`;
        report({ at: broughtBy, message });
      } else if (targets.length > 0 && targets.every((other) => !meets(service, other))) {
        told.add(host);
        const message = `"${service.name}" sends requests to "${host}" (${where}), which is on none of its networks`;
        report({ at: broughtBy, message, confidence: 'certain' });
      } else if (targets.length === 1 && targets[0] && isDeaf(targets[0], port)) {
        told.add(host);
        report({
          at: broughtBy,
          message: `"${service.name}" sends requests to port ${port} of "${host}" (${where}), which listens on ${heard(targets[0])}`,
          severity: 'medium',
          confidence: 'guess',
        });
      }
    }
  },
};

/** What other projects call their services there, nobody here knows. */
function isOnForeignNetwork(service: Service, project: Project): boolean {
  return service.networks.some(
    ({ value }) => booleanOf(child(project.compose?.networks.get(value), 'external')) === true,
  );
}

function namesOf(service: Service): string[] {
  if (!service.compose) return [];
  const aliases = entriesOf(service.attribute('networks')).flatMap(([, network]) => textsOf(child(network, 'aliases')));
  const own = ['container_name', 'hostname'].flatMap((key) => text(service.attribute(key)) ?? []);
  return [service.name, ...own, ...aliases];
}

/** Names that only the service itself knows: links and extra hosts. */
function ownNames(service: Service): string[] {
  const links = ['links', 'external_links'].flatMap((key) => itemsOf(service.attribute(key)));
  const linked = links.flatMap((node) => text(node)?.split(':').at(-1) ?? []);
  const hosts = service.attribute('extra_hosts');
  const extra = [
    ...entriesOf(hosts).map(([name]) => name),
    ...textsOf(hosts).map((line) => line.split(/[:=]/)[0] ?? ''),
  ];
  return [...linked, ...extra, 'host.docker.internal'];
}

function meets(service: Service, other: Service): boolean {
  if (other.networkMode) return /^(?:service|container):/.test(other.networkMode.value);
  return other.networks.some(({ value }) => service.networks.some((network) => network.value === value));
}

/** Only where the files say which ports it listens on. */
function isDeaf(target: Service, port: number | undefined): boolean {
  const sure = target.listens.filter(({ from, sure: confidence }) => from.kind === 'file' && confidence !== 'guess');
  return port !== undefined && sure.length > 0 && target.listens.every(({ value }) => value !== port);
}

function heard(target: Service): string {
  return target.listens
    .slice(0, 3)
    .map(({ value }) => value)
    .join(', ');
}
