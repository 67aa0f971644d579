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
  const about = {
    // Rotation drops old lines, and naming a driver overrides what daemon.json says.
    safety: 'review',
    provedBy: 'log-flood',
  } as const;
  const title = 'Keep three log files of 10 MB';
  if (service.logging) return fixOf({ title, ...about }, completed(service, project));
  const known = anchorOf(service, project);
  if (known !== undefined && known !== ownAnchor)
    return fixOf(
      { title: 'Rotate its log as the others do', ...about },
      setAttribute(project, service, 'logging', aliasTo(known)),
    );
  return fixOf(
    { title, ...about },
    known === undefined ? whole(service, project) : setAttribute(project, service, 'logging', aliasTo(known)),
  );
}

const ownAnchor = 'logging';

/** The anchor of a rotation that the file has already. */
function anchorOf(service: Service, project: Project): string | undefined {
  const file = yamlOf(project, service.nameSpan.file);
  return file && sharedAnchors(file).find(({ map }) => text(child(map, 'options.max-size')) !== undefined)?.anchor;
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
  const anchor = file && others.length > 0 ? addAnchor(file, 'x-logging', ownAnchor, rotation) : undefined;
  if (!anchor) return setAttribute(project, service, 'logging', rotation);
  return together(
    { edits: [anchor], sets: ['x-logging'] },
    setAttribute(project, service, 'logging', aliasTo(ownAnchor)),
  );
}
