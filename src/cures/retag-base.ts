import { fixOf, leftBecause } from '../edit/change.ts';
import { replaceSpan } from '../edit/dockerfile.ts';
import { endOfLife } from '../knowledge/end-of-life.ts';
import type { ImageReference } from '../knowledge/image-reference.ts';
import { noLongerRebuilt } from '../knowledge/rebuilds.ts';
import { successorImage } from '../knowledge/successor-image.ts';
import { supportedTag, versionOfFloating } from '../knowledge/supported-tag.ts';
import type { From, Stage, Step } from '../model/dockerfile/dockerfile.ts';
import { packageCommand } from '../model/image/package-commands.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** The nearest tag that is still supported, in place of one past its end. */
export function supportedBase(stage: Stage, reference: ImageReference, today: string): Cure {
  const { from, steps } = stage;
  if (from.written.includes('$')) return leftBecause('a variable names its version');
  const obstacle = steps.map(boundToRelease).find((why) => why !== undefined);
  if (obstacle !== undefined) return leftBecause(obstacle);
  const found = supportedTag(reference, today);
  if ('none' in found)
    return successorImage(reference) ? successorBase(stage, reference, today) : leftBecause(found.none);
  const name = withTag(from, reference, found.tag);
  return fixOf(
    { title: `Start from ${name}`, safety: 'review', provedBy: 'boot-time', note: found.note },
    { edits: [replaceSpan(from.span, name)], sets: [] },
  );
}

/** The image that took its place, in a version that is supported. */
export function successorBase({ from, steps }: Stage, reference: ImageReference, today: string): Cure {
  if (from.written.includes('$')) return leftBecause('a variable names it');
  const successor = successorImage(reference);
  if (!successor) return leftBecause('which image takes its place here is for you to choose');
  const paths = steps.find(({ instruction }) =>
    /\/usr\/lib\/jvm|\/usr\/local\/openjdk|java-home/.test(instruction.body.text),
  );
  if (paths) return leftBecause('its lines name folders that the new image does not have');
  const obstacle = steps.map(boundToRelease).find((why) => why !== undefined);
  if (obstacle !== undefined) return leftBecause(obstacle);
  const lifetimes = endOfLife(successor, today);
  // A version that the tables do not have may never have been built by the successor.
  const isAlive = lifetimes.length > 0 && !lifetimes.some(({ ended }) => ended) && !noLongerRebuilt(successor);
  const found = isAlive
    ? { tag: successor.tag ?? '', note: 'the same version, built by others: build it and run the tests' }
    : supportedTag(successor, today);
  if ('none' in found) return leftBecause(found.none);
  const name = `${successor.name}:${found.tag}`;
  return fixOf(
    { title: `Start from ${name}`, safety: 'review', provedBy: 'boot-time', note: found.note },
    { edits: [replaceSpan(from.span, name)], sets: [] },
  );
}

/** Lines that hold in one release of a distribution only. */
function boundToRelease(step: Step): string | undefined {
  for (const command of step.commands) {
    const packages = packageCommand(command)?.packages ?? [];
    const pinned = packages.find(({ text }) => /^[\w.+-]+=\d/.test(text));
    if (pinned) return `it pins ${pinned.text}, which another release has not`;
    const archive = command.words.find(({ text }) => text.length < 10_000 && namesRelease.test(text));
    if (archive) return 'its lines name a release of the distribution, which would have to move too';
  }
  return undefined;
}

/** `deb http://deb.debian.org/debian jessie-backports main` and the like. */
const namesRelease =
  /\b(?:wheezy|jessie|stretch|buster|bullseye|precise|trusty|xenial|bionic|focal|cosmic|eoan|artful|zesty)\b|\b(?:el|fc|rhel)[67]\b|alpine\/v3\.\d|x?Ubuntu_?1\d\.\d\d|Debian_\d/;

/** A version for a base that names none: the one that such a tag stood for when the tables were gathered. */
export function versionedBase(from: From, reference: ImageReference, today: string): Cure {
  if (from.written.includes('$')) return leftBecause('a variable names its version');
  const version = versionOfFloating(reference, today);
  if (version === undefined) return leftBecause('which version is meant is not known here');
  const name = withTag(from, reference, version);
  return fixOf(
    {
      title: `Start from ${name}`,
      // A newer one may have come out since, with which the last build was made.
      safety: 'review',
      provedBy: 'boot-time',
      note: 'what the tag stood for in August 2026: if you build with a newer one already, write that',
    },
    { edits: [replaceSpan(from.span, name)], sets: [] },
  );
}

/** As it is written, registry and all, with another tag. */
function withTag({ written }: From, { tag }: ImageReference, fresh: string): string {
  const name = tag === undefined ? written : written.slice(0, written.length - tag.length - 1);
  return `${name}:${fresh}`;
}
