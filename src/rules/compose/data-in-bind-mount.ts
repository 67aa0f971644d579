import { dataDirectory, mountOver } from '../../model/data-places.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const dataInBindMount: Rule = {
  id: 'compose/data-in-bind-mount',
  summary: 'A database keeps its data in a directory of the host',
  why: 'The directory has the owner it has on this host, not the one the image expects: on the next host the database does not start, or root starts it.',
  sources: ['https://docs.docker.com/engine/storage/volumes/', 'https://docs.docker.com/engine/storage/bind-mounts/'],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN16'],
  aliases: [],
  byHand: 'the data must be moved by hand',
  examples: { bad: 'bad-project-directory', good: 'good-named-volume' },
  service(service, report) {
    const directory = dataDirectory(service);
    if (!isContainer(service) || directory === undefined || !service.role.keepsData) return;
    const mount = mountOver(service, directory);
    if (mount?.type !== 'bind' || mount.source === undefined) return;
    // An absolute path is a disk that somebody prepared; one of the project comes with the checkout.
    if (mount.source.startsWith('/') || mount.source.startsWith('~')) return;
    report({
      at: mount.span,
      message: `"${service.name}" keeps its data in ${mount.source} of the project's directory`,
    });
  },
};
