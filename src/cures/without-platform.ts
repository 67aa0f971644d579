import { edited, fixOf } from '../edit/change.ts';
import { removeFlag } from '../edit/dockerfile.ts';
import type { Stage } from '../model/dockerfile/dockerfile.ts';
import type { Cure, Fix } from '../vocabulary/fix.ts';

/** FROM without its platform: then the build's own. */
export function withoutPlatform({ dockerfile, from }: Stage, about: Pick<Fix, 'safety' | 'note'>): Cure | undefined {
  const flag = from.instruction.flags.find(({ name }) => name === 'platform');
  return flag && fixOf({ title: 'Leave out --platform', ...about }, edited(removeFlag(dockerfile, flag)));
}
