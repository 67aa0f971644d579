import type { Evidence } from '../../vocabulary/drill.ts';
import { broke, held, inconclusive, type Told } from '../drill.ts';
import type { GivenSecret } from './given-secrets.ts';
import type { ImageSearched } from './image-traces.ts';
import type { Trace } from './traces.ts';

/** `weak`: secrets that were not looked for, since they stand everywhere: `postgres`. */
export function judgeTraces(seen: {
  readonly given: readonly Pick<GivenSecret, 'name' | 'by'>[];
  readonly traces: readonly Trace[];
  readonly notes: readonly Trace[];
  readonly places: readonly string[];
  readonly image: ImageSearched | undefined;
  readonly isPlanted: boolean;
  readonly weak: readonly string[];
}): Told {
  const { given, image, notes, weak } = seen;
  const traces = [...seen.traces, ...(image?.traces ?? [])];
  const fromFiles = new Set(given.filter(({ by }) => by === 'file').map(({ name }) => name));
  const exported = notes
    .filter(({ secret }) => fromFiles.has(secret))
    .map(({ secret, place }) => `${secret}: ${place}`);
  const evidence: Evidence[] = [
    { name: 'secrets it is given', value: given.map(({ name, by }) => `${name} (${by})`) },
    ...(given.some(({ by }) => by !== 'build') ? [{ name: 'planted', value: seen.isPlanted }] : []),
    { name: 'searched', value: [...seen.places, ...(image ? [image.searched] : [])] },
    { name: 'seen in', value: traces.slice(0, 40).map(({ secret, place }) => `${secret}: ${place}`) },
    ...(exported.length > 0 ? [{ name: 'read from a file into the environment of a process', value: exported }] : []),
  ];
  const advice = adviceFor(traces);
  if (traces.length > 0) {
    const secrets = [...new Set(traces.map(({ secret }) => secret))];
    const first = traces[0]!;
    const rest =
      traces.length > 1 ? `, and ${traces.length - 1} more such ${traces.length === 2 ? 'trace' : 'traces'}` : '';
    return broke(
      `${secrets.length === 1 ? 'One secret shows' : `${secrets.length} secrets show`}: ${first.secret} in ${first.place}${rest}`,
      {
        evidence,
        advice,
      },
    );
  }
  const unseen = [
    ...(image?.unseen ? [image.unseen] : []),
    ...(weak.length > 0 ? [`${weak.join(', ')}, too common to be looked for`] : []),
  ];
  if (unseen.length > 0)
    return inconclusive(`None was seen, but not looked through: ${unseen.join('; ')}`, { evidence });
  if (given.length === 0) return held('It is given no secret, and its image holds none of the project’s', { evidence });
  const count = given.length === 1 ? 'Its secret was' : `Its ${given.length} secrets were`;
  return held(`${count} seen nowhere but where ${given.length === 1 ? 'it belongs' : 'they belong'}`, { evidence });
}

function adviceFor(traces: readonly Trace[]): string[] {
  const advice = new Set<string>();
  for (const { secret, place } of traces) {
    const name = secret.replace(/^.*\//, '').toLowerCase();
    if (/environment \(docker inspect/.test(place) && /^\w+$/.test(secret))
      advice.add(
        `secrets: [${name}], and in the environment ${secret}_FILE: /run/secrets/${name} instead of ${secret}`,
      );
    else if (/command line|health test \(/.test(place))
      advice.add(`have ${secret} read from a file, not given on a command line`);
    else if (/history/.test(place))
      advice.add(`RUN --mount=type=secret,id=${name}, and no secret in a build argument or in the line itself`);
    else if (/layer of its image/.test(place))
      advice.add('in .dockerignore: what holds secrets; a layer keeps what a later one deletes');
    else if (/its log|its answer/.test(place)) advice.add(`take ${secret} out of what is logged and answered`);
  }
  return [...advice].slice(0, 5);
}
