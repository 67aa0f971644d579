import { edited, fixOf } from '../edit/change.ts';
import type { Stage } from '../model/dockerfile/dockerfile.ts';
import type { Cure, Edit } from '../vocabulary/fix.ts';
import type { Span } from '../vocabulary/span.ts';

/** A stage's name in lower case, and all that speaks of it: to Docker they were the same name before. */
export function lowerCaseStage({ dockerfile, name, from }: Stage): Cure | undefined {
  const written = from.instruction.words[2];
  if (name === undefined || !written) return undefined;
  const edits: Edit[] = [{ span: written.span, text: name }];
  for (const stage of dockerfile.stages) {
    const base = stage.from.instruction.words[0];
    if (base && stage.from.stage?.name === name && base.text !== name) edits.push({ span: base.span, text: name });
    for (const { instruction } of stage.steps)
      for (const flag of instruction.flags) {
        if (!flag.valueSpan) continue;
        const place =
          flag.name === 'from' ? flag.valueSpan : flag.name === 'mount' ? fromOf(stage, flag.valueSpan) : undefined;
        const text = place && dockerfile.tree.text.slice(place.start, place.end);
        if (place && text !== name && text?.toLowerCase() === name) edits.push({ span: place, text: name });
      }
  }
  return fixOf({ title: `Call the stage "${name}"`, safety: 'safe' }, edited(...edits));
}

/** A name for a stage that is copied from by its number, and that name in the place of the number. */
export function nameStage(stage: Stage, reference: Span): Cure | undefined {
  const { dockerfile, from } = stage;
  const { text } = dockerfile.tree;
  const isMount = !/^\d+$/.test(text.slice(reference.start, reference.end));
  const place = isMount ? fromOf(stage, reference) : reference;
  if (!place || !/^\d+$/.test(text.slice(place.start, place.end))) return undefined;
  const name = stage.name ?? freeName(stage);
  const last = from.instruction.words[0];
  if (!last) return undefined;
  const as = from.instruction.written === from.instruction.written.toLowerCase() ? 'as' : 'AS';
  const naming: Edit[] = stage.name ? [] : [{ span: { ...last.span, start: last.span.end }, text: ` ${as} ${name}` }];
  return fixOf(
    { title: `Copy from the stage by its name "${name}"`, safety: 'safe' },
    edited(...naming, { span: place, text: name }),
  );
}

/** Most of what is copied from another stage was built there. */
function freeName({ dockerfile, index }: Stage): string {
  const taken = new Set(dockerfile.stages.map(({ name }) => name));
  // An image of that name, which the stage would hide.
  const isImage = (name: string) => new RegExp(`\\bfrom[=\\s]+${name}\\b`, 'i').test(dockerfile.tree.text);
  return ['build', 'builder'].find((name) => !taken.has(name) && !isImage(name)) ?? `stage-${index}`;
}

/** Where the stage is named in `type=bind,from=build,…`. */
function fromOf({ dockerfile }: Stage, mount: Span): Span | undefined {
  const written = dockerfile.tree.text.slice(mount.start, mount.end);
  const found = /(?:^|[,=])from=([^,\s"]+)/.exec(written);
  if (!found?.[1]) return undefined;
  const start = mount.start + found.index + found[0].length - found[1].length;
  return { ...mount, start, end: start + found[1].length };
}
