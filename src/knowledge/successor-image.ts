import { distributionOf } from './distribution.ts';
import { canonicalName } from './image-mirrors.ts';
import { type ImageReference, parseImageReference } from './image-reference.ts';

/**
 * The image that took the place of one that was given up, by the same tag words: `openjdk:8-jre-alpine` is
 * `eclipse-temurin:8-jre-alpine` (https://hub.docker.com/_/openjdk, "Deprecation notice"). Undefined where the successor
 * works in another way, or the tag says too little.
 */
export function successorImage(reference: ImageReference): ImageReference | undefined {
  const { tag = '', digest } = reference;
  if (digest !== undefined) return undefined;
  switch (canonicalName(reference)) {
    case 'openjdk':
    case 'java':
      return temurin(tag);
    case 'mhart/alpine-node':
      // Its `slim-` and `base-` flavours lack npm, which the official image has.
      return /^\d+(?:\.\d+)*$/.test(tag) ? parseImageReference(`node:${tag}-alpine`) : undefined;
    case 'gliderlabs/alpine':
      return /^\d+(?:\.\d+)*$/.test(tag) ? parseImageReference(`alpine:${tag}`) : undefined;
    default:
      return undefined;
  }
}

function temurin(tag: string): ImageReference | undefined {
  const [first = '', ...words] = tag.replace(/^openjdk-/, '').split('-');
  const version = /^(\d+)(?:[u.][\w.]*)?$/.exec(first)?.[1];
  if (version === undefined || Number(version) < 6) return undefined;
  const flavour: string[] = [];
  for (const word of words) {
    if (/^(?:jdk|jre)$/.test(word)) flavour.push(word);
    else if (/^alpine/.test(word)) flavour.push('alpine');
    // Debian below, slim or not, becomes Ubuntu: apt-get works in both.
    else if (word !== 'slim' && distributionOf(word) === undefined) return undefined;
  }
  return parseImageReference(`eclipse-temurin:${[version, ...flavour].join('-')}`);
}
