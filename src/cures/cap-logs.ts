import { fixOf } from '../edit/change.ts';
import { mergeAttribute } from '../edit/compose.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** Three files of 10 MB: a day or so of an ordinary service, and at most 30 MB of the host's disk. */
export function capLogs(service: Service, project: Project): Cure {
  const options = service.logging?.options;
  const limits = { 'max-size': '10m', ...(options?.has('max-file') ? {} : { 'max-file': '3' }) };
  return fixOf(
    {
      title: 'Keep three log files of 10 MB',
      // Rotation drops old lines, and naming a driver overrides what daemon.json says.
      safety: 'review',
      provedBy: 'log-flood',
    },
    service.logging
      ? mergeAttribute(project, service, 'logging.options', limits)
      : mergeAttribute(project, service, 'logging', { driver: 'json-file', options: limits }),
  );
}
