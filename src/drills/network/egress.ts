import { booleanOf, child } from '../../model/compose/tree-access.ts';
import type { Project } from '../../model/project.ts';
import type { Service } from '../../model/service.ts';
import type { DrillSettings } from '../settings.ts';
import { dataStores } from './published.ts';

/** Whether a service is meant to reach the world outside, and what says so. */
export interface Egress {
  readonly meant: 'none' | 'allowed';
  readonly because: string;
  /** A network that lets it out though its name says it is private. */
  readonly open?: string;
  /** The networks that it should be on alone. */
  readonly stay?: readonly string[];
}

const privateName = new RegExp(
  `(?:^|[-_.])(?:${[
    'back(?:[-_]?(?:end|tier|office))?',
    'internal|inner|private|priv|isolated|closed|sealed|restricted|offline|air[-_]?gap(?:ped)?',
    'no[-_]?(?:egress|internet)',
    'db|database|data|datastore|stores?|storage|cache|redis|postgres(?:ql)?|mysql|mariadb|mongo(?:db)?',
  ].join('|')})(?:[-_]?(?:net(?:work)?|tier|zone|lan))?(?:$|[-_.\\d])`,
  'i',
);

/**
 * As `x-seaworthy.drill.egress` says; else none where all its networks are `internal: true`, or are called what only a
 * private network is called (`backend`, `db`). A data store on an internal network that publishes nothing has no use for
 * a way out by another one.
 */
export function egressOf(service: Service, project: Project, settings: Pick<DrillSettings, 'egress'>): Egress {
  const isInternal = (key: string) => booleanOf(child(project.compose?.networks.get(key), 'internal')) === true;
  const networks = service.networks.map(({ value }) => value);
  const open = networks.find((key) => !isInternal(key));
  const culprit = open === undefined ? {} : { open };
  if (settings.egress === 'none') return { meant: 'none', because: 'x-seaworthy.drill.egress is none', ...culprit };
  if (settings.egress === 'allowed') return { meant: 'allowed', because: 'x-seaworthy.drill.egress is allowed' };
  if (service.networkMode)
    return service.networkMode.value === 'none'
      ? { meant: 'none', because: 'its network_mode is none' }
      : { meant: 'allowed', because: `its network_mode is ${service.networkMode.value}` };
  if (networks.length === 0) return { meant: 'allowed', because: 'it is on the default network' };
  if (open === undefined)
    return {
      meant: 'none',
      because: networks.length === 1 ? `its network "${networks[0]}" is internal` : 'all its networks are internal',
    };
  const inner = networks.filter(isInternal);
  if (inner.length > 0 && dataStores.has(service.role.kind) && service.ports.length === 0)
    return {
      meant: 'none',
      because: `its network "${inner[0]}" is internal, and a ${service.role.kind} needs no "${open}" beside it`,
      stay: inner,
    };
  const free = networks.find((key) => !isInternal(key) && !privateName.test(key));
  if (free !== undefined) return { meant: 'allowed', because: `its network "${free}" is an ordinary one` };
  return { meant: 'none', because: `its network is called "${open}"`, ...culprit };
}
