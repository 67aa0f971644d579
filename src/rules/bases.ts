import type { ImageReference } from '../knowledge/image-reference.ts';
import type { Dockerfile, From, Stage } from '../model/dockerfile/dockerfile.ts';
import type { Severity } from '../vocabulary/severity.ts';

/** An image that a Dockerfile takes from elsewhere by FROM; earlier stages and scratch are none. */
export interface Base {
  readonly stage: Stage;
  readonly from: From;
  readonly reference: ImageReference;
  /** Its name stands in the line as it is, without variables. */
  readonly isLiteral: boolean;
}

export function basesOf(dockerfile: Dockerfile): readonly Base[] {
  return dockerfile.stages.flatMap((stage) => {
    const { from } = stage;
    return from.reference ? [{ stage, from, reference: from.reference, isLiteral: !from.written.includes('$') }] : [];
  });
}

/** What a build stage leaves behind is only what somebody copies out of it: a fault of its base weighs less. */
export function weighed(stage: Stage, severity: Severity): Severity {
  return stage.isInherited ? severity : 'low';
}

/** `"node:22"`, or `"node:${VERSION}" (node:22)` where variables stand in the line; digests cut short. */
export function shownBase({ from, isLiteral, reference }: Base): string {
  const shown = (text: string) => text.replace(/@(sha\d+:[0-9a-f]{8})[0-9a-f]+/, '@$1…');
  return isLiteral ? `"${shown(from.written)}"` : `"${from.written}" (${shown(reference.text)})`;
}
