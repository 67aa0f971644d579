import { fixOf } from '../edit/change.ts';
import { mergeAttribute } from '../edit/compose.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** The same on every host: enough for some ten thousand connections, and closed quickly by those that close them all. */
export function limitFiles(service: Service, project: Project): Cure {
  return fixOf(
    { title: 'Give it 65,536 open files', safety: 'review', provedBy: 'fd-limit' },
    mergeAttribute(project, service, 'ulimits', { nofile: { soft: 65536, hard: 65536 } }),
  );
}
