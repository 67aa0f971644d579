import { fixOf, leftBecause } from '../edit/change.ts';
import { insertBeforeStart, keywordAs, startOf } from '../edit/dockerfile.ts';
import type { Service } from '../model/service.ts';
import type { Cure, Fix } from '../vocabulary/fix.ts';

/** `ENV NAME=value` where the image says how it starts, so that it holds for everybody who runs it. */
export function setImageEnvironment(
  service: Service,
  name: string,
  value: string,
  about: Pick<Fix, 'safety' | 'note' | 'provedBy'>,
): Cure {
  const stage = service.image.stage;
  if (!stage || !startOf(stage)) return leftBecause('its Dockerfile does not say how it starts');
  const line = `${keywordAs(stage.dockerfile, 'ENV')} ${name}=${value}`;
  return fixOf(
    { title: `Set ${name}=${value} in the image`, ...about },
    { edits: [insertBeforeStart(stage, [line])], sets: [] },
  );
}
