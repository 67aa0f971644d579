import { fixOf, leftBecause } from '../edit/change.ts';
import type { Stage } from '../model/dockerfile/dockerfile.ts';
import { imageOfStage } from '../model/image/image-of.ts';
import type { Fact } from '../vocabulary/fact.ts';
import type { Cure } from '../vocabulary/fix.ts';
import type { Span } from '../vocabulary/span.ts';

/** The number of an account for its name: Docker looks group and home up by either. */
export function numberUser(stage: Stage | undefined, user: Fact<string> | undefined, at: Span): Cure | undefined {
  if (!stage || !user) return undefined;
  const [name = '', group] = user.value.split(':');
  const { uid, presence } = imageOfStage(stage).accounts.find(name);
  if (presence !== 'yes' || uid === undefined) return leftBecause(`no line says which number ${name} has`);
  const text = stage.dockerfile.tree.text.slice(at.start, at.end);
  if (text !== user.value || (group !== undefined && group !== name)) return leftBecause('its group has a name too');
  return fixOf(
    { title: `Call ${name} by its number, ${uid}`, safety: 'safe' },
    { edits: [{ span: at, text: `${uid}` }], sets: [] },
  );
}
