import { splitStages } from '../../cures/split-stages.ts';
import type { ImageFacts } from '../../knowledge/image-facts.ts';
import type { ImageReference } from '../../knowledge/image-reference.ts';
import type { Stage } from '../../model/dockerfile/dockerfile.ts';
import { imageOfStage, stageChain } from '../../model/image/image-of.ts';
import type { Severity } from '../../vocabulary/severity.ts';
import { listed } from '../in-words.ts';
import type { Rule } from '../rule.ts';

/** Official images built on buildpack-deps that also come as `-slim` (docker-library/docs, "image variants"). */
const withSlim: ReadonlySet<string> = new Set([
  'node',
  'python',
  'ruby',
  'perl',
  'pypy',
  'erlang',
  'elixir',
  'haskell',
  'swift',
]);
/** Images whose plain tag is a JDK and that also come as a JRE or headless. */
const withRuntimeOnly: ReadonlySet<string> = new Set([
  'eclipse-temurin',
  'amazoncorretto',
  'openjdk',
  'sapmachine',
  'ibm-semeru-runtimes',
]);
const runtimes =
  /^(?:nodejs|python3?|python3\.\d+|php(?:\d[\d.]*)?(?:-fpm|-cli)?|ruby(?:\d[\d.]*)?|default-jre(?:-headless)?|openjdk-?\d+-jre(?:-headless)?|java-\d+-openjdk(?:-headless)?)$/;

export const heavyBase: Rule = {
  id: 'dockerfile/heavy-base',
  summary: 'A full base image where a smaller one exists',
  why: 'Every package in the image is one more to patch and one more for an intruder to use, and each new machine pulls it all before it serves.',
  sources: [
    'https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image',
    'https://hub.docker.com/_/python#image-variants',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG2', 'IMG14'],
  aliases: [],
  examples: { bad: 'bad-full-node', good: 'good-slim' },
  dockerfile(dockerfile, report, project) {
    const { target } = dockerfile;
    if (!target) return;
    const root = stageChain(target)[0];
    if (!root?.from.reference) return;
    const image = imageOfStage(target);
    const weight =
      image.facts && (weightOf(root.from.reference, image.facts) ?? runtimeOnDistribution(image.facts, target));
    if (weight)
      report({
        at: root.from.span,
        message: `"${root.from.written}" ${weight.what}`,
        severity: weight.severity,
        fix: () => splitStages(dockerfile, project),
        ...(weight.severity === 'low' ? { confidence: 'guess' as const } : {}),
      });
  },
};

interface Weight {
  readonly what: string;
  readonly severity: Severity;
}

function weightOf({ tag = 'latest' }: ImageReference, facts: ImageFacts): Weight | undefined {
  const { image, os } = facts;
  // Images to build with are the business of `compilers-in-final-stage`.
  if (facts.buildStageOnly || os?.family === 'windows' || /slim|alpine|distroless|chiseled|musl/.test(tag))
    return undefined;
  if (image === 'buildpack-deps')
    return { what: 'is made of compilers and headers, to build with', severity: 'medium' };
  if (withSlim.has(image) && (os?.family === 'debian' || os?.family === 'ubuntu'))
    return {
      what: 'is the full image, with compilers, headers and hundreds of packages that a running app does not call',
      severity: 'medium',
    };
  if (withRuntimeOnly.has(image) && !/jre|headless/.test(tag))
    return { what: 'carries the whole JDK, of which a running app needs the JRE', severity: 'low' };
  return undefined;
}

/** `ubuntu` and `apt-get install nodejs`: a distribution's image with a runtime of its own. */
function runtimeOnDistribution(facts: ImageFacts, target: Stage): Weight | undefined {
  if (
    facts.kind !== 'base' ||
    !/^(?:ubuntu|centos|fedora|oraclelinux|almalinux|rockylinux(?:\/rockylinux)?|amazonlinux)$/.test(facts.image)
  )
    return undefined;
  const found = imageOfStage(target)
    .software.packages.map(({ name }) => name)
    .filter((name) => runtimes.test(name));
  return found.length === 0
    ? undefined
    : { what: `is a whole distribution under ${listed(found)}, which has a smaller image of its own`, severity: 'low' };
}
