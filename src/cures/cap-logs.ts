import { type Change, fixOf, together } from '../edit/change.ts';
import { mergeAttribute, setAttribute, yamlOf } from '../edit/compose.ts';
import { addAnchor, sharedAnchors } from '../edit/yaml/anchors.ts';
import { aliasTo } from '../edit/yaml/value.ts';
import { child, text } from '../model/compose/tree-access.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** Three files of 10 MB: a day or so of an ordinary service, and at most 30 MB of the host's disk. */
const limits = { 'max-size': '10m', 'max-file': '3' };
const rotation = { driver: 'json-file', options: limits };

/** Written once, where several services of a file want it. */
export function capLogs(service: Service, project: Project): Cure {
  return fixOf(
    {
      title: 'Keep three log files of 10 MB',
      // Rotation drops old lines, and naming a driver overrides what daemon.json says.
      safety: 'review',
      provedBy: 'log-flood',
    },
    service.logging ? completed(service, project) : whole(service, project),
  );
}

function completed(service: Service, project: Project): Change {
  const { 'max-file': files, ...size } = limits;
  const missing = service.logging?.options.has('max-file') ? size : { ...size, 'max-file': files };
  return mergeAttribute(project, service, 'logging.options', missing);
}

function whole(service: Service, project: Project): Change {
  const file = yamlOf(project, service.nameSpan.file);
  const others = project.services.filter(
    (other) => other !== service && other.compose && !other.logging && other.nameSpan.file === service.nameSpan.file,
  );
  const known = file && sharedAnchors(file).find(({ map }) => text(child(map, 'options.max-size')) !== undefined);
  if (known) return setAttribute(project, service, 'logging', aliasTo(known.anchor));
  const anchor = file && others.length > 0 ? addAnchor(file, 'x-logging', 'logging', rotation) : undefined;
  if (!anchor) return setAttribute(project, service, 'logging', rotation);
  return together(
    { edits: [anchor], sets: ['x-logging'] },
    setAttribute(project, service, 'logging', aliasTo('logging')),
  );
}
