import { type Change, fixOf, leftBecause } from '../edit/change.ts';
import { insertBefore } from '../edit/dockerfile.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { FileEffect } from '../model/image/image.ts';
import type { Service } from '../model/service.ts';
import { spanOfFact } from '../vocabulary/fact.ts';
import type { Cure } from '../vocabulary/fix.ts';
import { asRun } from './account-commands.ts';
import { stepAt } from './replace-command.ts';

const provedBy = 'runs-as-non-root';

/** `COPY --chmod=700 start.sh /` belongs to the user who runs it: `--chown`. */
export function copyForUser(service: Service, { step, kind, mode }: FileEffect): Cure {
  const { flags, keywordSpan } = step.instruction;
  const user = service.user?.value ?? '';
  if (kind !== 'copy' && kind !== 'add') return leftBecause('only you know who is to read it');
  if (mode === undefined || flags.some(({ name }) => name === 'chown'))
    return leftBecause('it has an owner, and only you know whether that is right');
  if (!isNameable(user) || !isThereBefore(service, step)) return leftBecause('the user is made further down');
  const owner = user.includes(':') ? user : `${user}:${user}`;
  return fixOf(
    { title: `Give it to ${user}`, safety: 'review', provedBy },
    { edits: [{ span: { ...keywordSpan, start: keywordSpan.end }, text: ` --chown=${owner}` }], sets: [] },
  );
}

/** Makes the directory before the user is changed, and gives it to the user: a new volume takes its owner. */
export function ownPlace(service: Service, path: string): Cure {
  const name = service.user?.value ?? '';
  const made = service.image.files.some((effect) => effect.kind === 'create' && effect.path === path);
  const commands = [...(made ? [] : [`mkdir -p ${path}`]), `chown ${ownerOf(name)} ${path}`];
  if (!/^\/[\w./-]+$/.test(path)) return leftBecause('its path comes from a variable');
  return fixOf(
    {
      title: `Give ${path} to ${name}`,
      safety: 'review',
      provedBy,
      note: 'a volume that exists already keeps its owner',
    },
    asRoot(service, commands, path),
  );
}

/** What nginx writes to when it does not start as root (https://github.com/nginx/docker-nginx-unprivileged). */
export function ownNginxCache(service: Service): Cure {
  const name = service.user?.value ?? '';
  const owner = ownerOf(name);
  return fixOf(
    { title: `Give nginx's cache and pid file to ${name}`, safety: 'review', provedBy },
    asRoot(service, [`chown -R ${owner} /var/cache/nginx`, 'touch /run/nginx.pid', `chown ${owner} /run/nginx.pid`]),
  );
}

/** Above the USER that names the user, or above the VOLUME whose owner would be forgotten below. */
function asRoot(service: Service, commands: readonly string[], volume?: string): Change {
  const at = spanOfFact(service.user);
  const own = at && stepAt(service, at.start);
  if (own?.instruction.keyword !== 'USER')
    return leftBecause('its user is named outside the Dockerfile that makes the directory');
  if (service.image.shell !== 'yes') return leftBecause('its image has no shell that could give it away');
  if (!isNameable(service.user?.value ?? '')) return leftBecause('its user comes from a variable');
  const declared =
    volume === undefined
      ? undefined
      : own.stage.steps.find(
          ({ instruction }) =>
            instruction.keyword === 'VOLUME' &&
            instruction.words.some(({ text }) => text.replace(/^["']|["']$|(?<=.)\/$/g, '') === volume),
        );
  const step = declared && declared.instruction.span.start < own.instruction.span.start ? declared : own;
  if (step.user && !/^(?:root|0)(?::|$)/.test(step.user.value))
    return leftBecause('what stands above runs as another user, who may not give it away');
  if (step !== own && !isThereBefore(service, step)) return leftBecause('the user is made below its VOLUME');
  const { dockerfile } = step.stage;
  return { edits: [insertBefore(dockerfile, step.instruction, asRun(dockerfile, commands))], sets: [] };
}

/** `node:` is node and its login group; numbers stand for themselves. */
function ownerOf(user: string): string {
  return user.includes(':') || /^\d+$/.test(user) ? user : `${user}:`;
}

function isNameable(user: string): boolean {
  return /^[\w-]+(?::[\w-]+)?$/.test(user);
}

/** Made by the base, by a line above, or a number that needs no account. */
function isThereBefore({ image, user }: Service, step: Step): boolean {
  const [name = ''] = (user?.value ?? '').split(':');
  if (/^\d+$/.test(name)) return true;
  const made = image.accounts.created.find((one) => one.name === name);
  return (
    !made ||
    made.step.stage.index < step.stage.index ||
    (made.step.stage === step.stage && made.step.instruction.span.start < step.instruction.span.start)
  );
}
