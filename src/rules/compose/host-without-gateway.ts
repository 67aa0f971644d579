import { fixOf } from '../../edit/change.ts';
import { appendAttribute, setAttribute, writtenAttribute } from '../../edit/compose.ts';
import { isContainer } from '../deployed.ts';
import { inOverride, isForDevelopment } from '../development-files.ts';
import type { Rule } from '../rule.ts';
import { extraHosts } from '../service-names.ts';

export const hostWithoutGateway: Rule = {
  id: 'compose/host-without-gateway',
  summary: 'host.docker.internal used where only Docker Desktop knows it',
  why: 'On a Linux server that name does not exist unless extra_hosts gives it: what worked on the laptop cannot resolve its host in production.',
  sources: [
    'https://docs.docker.com/reference/cli/docker/container/run/#add-host',
    'https://docs.docker.com/desktop/features/networking/#i-want-to-connect-from-a-container-to-a-service-on-the-host',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.2.0',
  mission: ['RUN13', 'OPS11'],
  aliases: [],
  examples: { bad: 'bad-variable', good: 'good-extra-host' },
  service(service, report, project) {
    if (!isContainer(service) || service.networkMode || isForDevelopment(service)) return;
    if (extraHosts(service).includes(desktopName)) return;
    const variable = [...service.environment.values()].find(({ value }) => mentions(value));
    const word = service.process.commands.flatMap(({ words }) => words).find(({ text }) => mentions(text));
    const at = variable?.span ?? word?.span;
    if (!at) return;
    report({
      at,
      message: `"${service.name}" uses ${desktopName}${variable ? ` (${variable.name})` : ''}, which no extra_hosts gives it`,
      ...inOverride(at),
      fix: () =>
        fixOf(
          { title: 'Give it the address of the host', safety: 'safe' },
          writtenAttribute(project, service, 'extra_hosts')?.kind === 'map'
            ? setAttribute(project, service, `extra_hosts.${desktopName}`, 'host-gateway')
            : appendAttribute(project, service, 'extra_hosts', `${desktopName}:host-gateway`),
        ),
    });
  },
};

const desktopName = 'host.docker.internal';

function mentions(text: string | undefined): boolean {
  return text?.includes(desktopName) === true;
}
