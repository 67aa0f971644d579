import type { Sizes } from './measure.ts';
import { type StandIn, standIns } from './stand-ins.ts';

export const title = '## Image size';

/** The section of `docs/benchmarks.md`. */
export function sizesSection(sizes: readonly Sizes[], bases: ReadonlyMap<string, number>, engine: string): string {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  return [
    title,
    '',
    `The examples' naive Dockerfiles and what \`seaworthy fix --review\` makes of them, built and run on Docker ${engine}; \`npm run bench:images\`.`,
    '',
    '| example | before | after | smaller | user | answers HTTP before and after |',
    '| --- | ---: | ---: | ---: | --- | --- |',
    ...sizes.map(
      ({ name, before, after }) =>
        `| [${name}](../examples/${name}) | ${megabytes(before.bytes)} | ${megabytes(after.bytes)} | ${(100 * (1 - after.bytes / before.bytes)).toFixed(1)} % | ${before.user} → ${after.user} | ${before.answered && after.answered ? 'yes' : 'no'} |`,
    ),
    '',
    'Goal: 90 % for Go, as much as can be for Node: its runtime alone is most of what is left.',
    '',
    'No registry answered where this was measured, so the base images are stand-ins made of Debian packages after the recipes of the images whose names they bear; documentation is left out. Node is the version of the machine, whatever the tag says, and `node:24` holds the npm cache that a real `npm install` would leave in the image.',
    '',
    '| stand-in for | made of | size |',
    '| --- | --- | ---: |',
    ...standIns.map((one) => `| \`${one.name}\` | ${madeOf(one)} | ${megabytes(bases.get(one.name) ?? 0)} |`),
    '',
  ].join('\n');
}

function madeOf({ packages, withBase, withHostNode }: StandIn): string {
  return [
    withBase ? "Debian's base system" : '',
    packages.length > 5
      ? `${packages.length} packages and what they need (${packages.includes('golang-go') ? 'golang-go, gcc, git …' : 'gcc, git, -dev packages …'})`
      : packages.join(', '),
    withHostNode ? `Node ${process.versions.node} ${withHostNode}` : '',
  ]
    .filter(Boolean)
    .join(', ');
}
