import { type Change, fixOf, leftBecause, noChange, together } from '../edit/change.ts';
import { appendAttribute, setAttribute } from '../edit/compose.ts';
import { parseCapability } from '../knowledge/capabilities.ts';
import { writableHostFolder } from '../model/data-places.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** Programs that change owners or become somebody else: what they need depends on what they are called with. */
const changers =
  /^(?:chown|chgrp|chmod|gosu|su-exec|setpriv|su|sudo|runuser|setuidgid|s6-setuidgid|useradd|usermod|adduser)$/;

/** `cap_drop: [ALL]`, and back what the image is known to need. */
export function dropCapabilities(service: Service, project: Project): Cure {
  const needed = neededCapabilities(service);
  if (typeof needed === 'string') return leftBecause(needed);
  const given = new Set(service.capAdd.map(({ value }) => parseCapability(value)));
  const back = given.has('ALL') ? [] : needed.filter((name) => !given.has(parseCapability(name)));
  return fixOf(
    {
      title: back.length > 0 ? `Drop all capabilities but ${back.join(', ')}` : 'Drop all capabilities',
      safety: 'review',
      provedBy: 'capabilities',
    },
    setAttribute(project, service, 'cap_drop', ['ALL']),
    giveBack(service, project, back),
  );
}

/** Adds what the image needs to a service that has dropped it. */
export function giveBackCapabilities(service: Service, project: Project, names: readonly string[]): Cure {
  return fixOf(
    // More rights than before: nothing that worked can fail.
    { title: `Give back ${names.join(', ')}`, safety: 'safe', provedBy: 'capabilities' },
    giveBack(service, project, names),
  );
}

function giveBack(service: Service, project: Project, names: readonly string[]): Change {
  if (names.length === 0) return noChange;
  if (service.capAdd.length === 0) return setAttribute(project, service, 'cap_add', names);
  return together(...names.map((name) => appendAttribute(project, service, 'cap_add', name)));
}

/** What must stay, or why nobody can say. */
function neededCapabilities(service: Service): readonly string[] | string {
  const { facts, stage, isScratch } = service.image;
  if (!facts && !stage && !isScratch)
    return 'nobody has looked at what this image needs: the capabilities drill finds it out';
  const ofImage = facts?.needsCapabilities?.names ?? [];
  const hostPort = service.networkMode?.value === 'host' && service.listens.some(({ value }) => value < 1024);
  const always = [...ofImage, ...(hostPort ? ['NET_BIND_SERVICE'] : [])];
  if (service.privilege === 'steps-down') {
    const down = facts?.stepsDown?.capabilities;
    return down
      ? unique([...always, ...down])
      : 'it starts as root and steps down, and nobody has noted what that takes';
  }
  if (service.privilege === 'unknown') return 'it is not known which user it runs as';
  if (service.privilege === 'root') {
    const changer = service.process.commands.find(({ name }) => name !== undefined && changers.test(name));
    if (changer) return `its start calls ${changer.name}, which needs some of them`;
    // A package manager or init of the image may do anything as root.
    if (!stage && facts && facts.confidence !== 'certain')
      return 'it runs as root, and what it does is not known for certain';
  }
  // What lies in a folder of the host belongs to some user there, and is shut to a root without this.
  return unique(service.privilege === 'root' && writableHostFolder(service) ? [...always, 'DAC_OVERRIDE'] : always);
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
