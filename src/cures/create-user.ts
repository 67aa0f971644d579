import { fixOf, leftBecause } from '../edit/change.ts';
import { insertBefore } from '../edit/dockerfile.ts';
import { accountId } from '../knowledge/account-id.ts';
import type { Service } from '../model/service.ts';
import { spanOfFact } from '../vocabulary/fact.ts';
import type { Cure } from '../vocabulary/fix.ts';
import { accountCommands, asRun } from './account-commands.ts';
import { stepAt } from './replace-command.ts';

/** Makes the user that USER names, above that line; where nothing can make one, a number takes its place. */
export function createUser(service: Service): Cure {
  const { image, user } = service;
  const at = spanOfFact(user);
  const step = at && stepAt(service, at.start);
  if (!user || !at || step?.instruction.keyword !== 'USER')
    return leftBecause('it is named outside the Dockerfile, and only you know which user of the image was meant');
  const { dockerfile } = step.stage;
  const [name = '', group] = user.value.split(':');
  const isWritten = dockerfile.tree.text.slice(at.start, at.end).includes(user.value);
  if (!isWritten || !/^[a-z_][\w-]*$/.test(name)) return leftBecause('its name comes from a variable');
  const about = { provedBy: 'runs-as-non-root', safety: 'review' } as const;
  if (image.isScratch || image.shell === 'no') {
    // By convention 65534 is nobody.
    const id = name === 'nobody' ? 65534 : accountId;
    return fixOf(
      { ...about, title: `Run as ${id}, which needs no account` },
      { edits: [{ span: at, text: `${id}:${id}` }], sets: [] },
    );
  }
  if (step.user && !/^(?:root|0)(?::|$)/.test(step.user.value))
    return leftBecause('what stands above runs as another user, who may not make one');
  if (group !== undefined && group !== name) return leftBecause('its group may have to be made too');
  const commands = accountCommands(image, name);
  if (!commands || image.shell !== 'yes')
    return leftBecause('it is not known which distribution it is, and so how a user is made there');
  return fixOf(
    { ...about, title: `Make the user ${name}`, note: 'files that it writes must belong to it, in volumes too' },
    { edits: [insertBefore(dockerfile, step.instruction, asRun(dockerfile, commands))], sets: [] },
  );
}
