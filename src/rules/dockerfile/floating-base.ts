import { endOfLife } from '../../knowledge/end-of-life.ts';
import { canonicalName } from '../../knowledge/image-mirrors.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { noLongerRebuilt } from '../../knowledge/rebuilds.ts';
import { basesOf, shownBase } from '../bases.ts';
import type { Rule } from '../rule.ts';

/** Words that name a moving line, and words that only say which flavour of the newest version is meant. */
const moving =
  /^(?:lts|stable|current|edge|nightly|dev|devel|develop|main|master|mainline|rolling|canary|unstable|testing|sid|beta)$/;
const flavour =
  /^(?:alpine|slim|debian|ubuntu|bookworm|bullseye|trixie|buster|noble|jammy|fpm|cli|apache|zts|jdk|jre|jammy|perl|otel|unprivileged|management|bullseye|musl|static|busybox|full|minimal)$/;

export const floatingBase: Rule = {
  id: 'dockerfile/floating-base',
  summary: 'A base image whose tag names no version',
  why: "Such a tag jumps to the next major version on the day that it is released, and that day's deploy brings it along.",
  sources: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG1'],
  aliases: [],
  examples: { bad: 'bad-flavour-only', good: 'good-version-and-flavour' },
  dockerfile(dockerfile, report, { today }) {
    for (const base of basesOf(dockerfile)) {
      const { tag, digest } = base.reference;
      if (tag === undefined || tag === 'latest' || digest !== undefined || /\d/.test(tag)) continue;
      // Distroless and Chainguard version elsewhere; a distribution's code name is its version.
      if (/^(?:gcr\.io\/distroless|cgr\.dev)\//.test(base.reference.name)) continue;
      const facts = imageFacts(base.reference);
      const words = tag.split('-');
      if (
        facts?.isBase &&
        canonicalName(base.reference).match(/^(?:debian|ubuntu|alpine|busybox)$/) &&
        !words.some((word) => moving.test(word))
      )
        continue;
      if (!words.every((word) => moving.test(word) || flavour.test(word))) continue;
      // Nobody moves the tag of an image that was given up: dockerfile/deprecated-image.
      if (facts?.deprecated || noLongerRebuilt(base.reference)) continue;
      // `node:lts-buster` stands still since Debian 10 ended: dockerfile/end-of-life-base.
      if (endOfLife(base.reference, today).some(({ ended }) => ended)) continue;
      report({
        at: base.from.span,
        message: `${shownBase(base)} names no version: it moves to the next major one by itself`,
      });
    }
  },
};
