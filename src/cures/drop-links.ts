import { type Change, fixOf, leftBecause, noChange } from '../edit/change.ts';
import { appendAttribute, mergeAttribute, removeAttribute, setAttribute, writtenAttribute } from '../edit/compose.ts';
import { textsOf } from '../model/compose/tree-access.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** Links order the start and give names; `depends_on` orders it, and the network gives every service its own name. */
export function dropLinks(service: Service, project: Project): Cure {
  const links = textsOf(service.attribute('links')).map((link) => link.split(':'));
  const renamed = links.find(([name, alias]) => alias !== undefined && alias !== name);
  if (renamed)
    return leftBecause(`"${renamed[0]}" is called "${renamed[1]}" by its link: the program must be told its name`);
  const names = links.map(([name = '']) => name);
  const foreign = names.find((name) => !shareNetwork(service, project, name));
  if (foreign !== undefined) return leftBecause(`it shares no network with "${foreign}"`);
  const missing = names.filter(
    (name) =>
      !service.dependsOn.some(
        (dependency) =>
          dependency.service === name &&
          dependency.span.end > dependency.span.start &&
          isWritten(service, project, name),
      ),
  );
  return fixOf(
    { title: 'Replace links by depends_on', safety: 'safe' },
    removeAttribute(project, service, 'links'),
    depend(service, project, missing),
  );
}

function isWritten(service: Service, project: Project, name: string): boolean {
  const written = writtenAttribute(project, service, 'depends_on');
  if (written?.kind === 'map') return written.entries.has(name);
  return textsOf(written).includes(name);
}

function depend(service: Service, project: Project, names: readonly string[]): Change {
  if (names.length === 0) return noChange;
  const written = writtenAttribute(project, service, 'depends_on');
  if (written?.kind === 'map')
    return mergeAttribute(
      project,
      service,
      'depends_on',
      Object.fromEntries(names.map((name) => [name, { condition: 'service_started' }])),
    );
  if (written?.kind !== 'list') return setAttribute(project, service, 'depends_on', names);
  const [name = '', ...others] = names;
  if (others.length > 0) return setAttribute(project, service, 'depends_on', [...textsOf(written), ...names]);
  return appendAttribute(project, service, 'depends_on', name);
}

function shareNetwork(service: Service, project: Project, name: string): boolean {
  const other = project.services.find((one) => one.compose && one.name === name);
  if (!other || other.networkMode || service.networkMode) return false;
  return other.networks.some(({ value }) => service.networks.some((own) => own.value === value));
}
