import { fixOf, leftBecause } from '../edit/change.ts';
import { appendAttribute } from '../edit/compose.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** Setuid programs; gosu, su-exec and setpriv give up rights, which is allowed. */
const setuid = /^(?:sudo|su|doas|runuser|ping|mount|passwd|newgrp|chsh)$/;

export function forbidNewPrivileges(service: Service, project: Project): Cure {
  if (service.securityOptions.some(({ value }) => value.startsWith('no-new-privileges')))
    return leftBecause('somebody switched it off by name');
  const caller = service.process.commands.find(({ name }) => name !== undefined && setuid.test(name));
  if (caller) return leftBecause(`its start calls ${caller.name}, which gains privileges`);
  const { facts, stage } = service.image;
  if (facts?.stepsDown?.worksUnderNoNewPrivileges === false)
    return leftBecause(`${facts.image} does not start under it`);
  const isKnown =
    stage === undefined && facts?.confidence === 'certain' && facts.stepsDown?.worksUnderNoNewPrivileges === true;
  return fixOf(
    {
      title: 'Let its processes gain no privileges',
      safety: isKnown ? 'safe' : 'review',
      provedBy: 'no-new-privileges',
    },
    appendAttribute(project, service, 'security_opt', 'no-new-privileges:true'),
  );
}
