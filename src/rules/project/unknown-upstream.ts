import { proxyUpstreams } from '../../model/proxy-upstreams.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';
import { heard, isDeaf, isOnForeignNetwork, meets, namesOf, ownNames } from '../service-names.ts';

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
  byHand: 'only you know which service was meant',
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
