import type { Engine } from '../../house/engine/engine.ts';
import { mustRun } from '../../house/engine/run.ts';

const listings = {
  container: ['ps', '--all', '--quiet', '--no-trunc'],
  // By name: those that every engine has get other ids whenever it starts.
  network: ['network', 'ls', '--format', '{{.Name}}'],
  volume: ['volume', 'ls', '--quiet'],
  // With those that have no name: what a build that was called off leaves is one of them.
  image: ['images', '--all', '--quiet', '--no-trunc'],
} as const;

/** Everything there is on an engine, whoever made it: `network 3f…`. Build cache is no object and is not among them. */
export async function engineObjects({ docker, env }: Engine): Promise<ReadonlySet<string>> {
  const call = { env: { ...process.env, ...env }, seconds: 60 };
  const lists = await Promise.all(
    Object.entries(listings).map(async ([kind, args]) =>
      (await mustRun(docker, args, call))
        .split('\n')
        .filter(Boolean)
        .map((id) => `${kind} ${id}`),
    ),
  );
  return new Set(lists.flat());
}

export function beyond(now: ReadonlySet<string>, before: ReadonlySet<string>): string[] {
  return [...now].filter((one) => !before.has(one));
}
