import type { Engine } from '../../engine/engine.ts';
import type { MountBody } from '../../stack/plan.ts';
import { called } from '../../stack/wait-for.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';

/** What a filler is told to do: `from` is mounted read-only. */
export interface CopyOrder {
  readonly from: MountBody;
  readonly volume: string;
  /** Where in the volume; `.` is its root. */
  readonly name: string;
  readonly limits: { readonly bytes: number; readonly entries: number };
}

let fillers = 0;

/** A container of the run that only carries files: it has no network. Without a command it waits for one, should it be started. */
export function filler(engine: Engine, helperImage: string, mounts: readonly MountBody[], command?: readonly string[]) {
  return engine.createContainer(`seaworthy-${engine.run.id}-filler-${++fillers}`, {
    Image: helperImage,
    ...(command ? { Cmd: command } : { OpenStdin: true }),
    HostConfig: { NetworkMode: 'none', LogConfig: { Type: 'json-file' }, Mounts: mounts },
  });
}

export const carried = (volume: string, Target: string): MountBody => ({
  Type: 'volume',
  Source: volume,
  Target,
  VolumeOptions: { NoCopy: true },
});

/**
 * Has the engine copy what it sees and this user may not, into a volume that is there: owners, modes, times and links
 * stay. Throws `engine-refused` when it cannot be read, or is more than the limit.
 */
export async function copyByEngine(
  engine: Engine,
  helperImage: string,
  { from, volume, name, limits }: CopyOrder,
  signal?: AbortSignal,
): Promise<void> {
  const to = name === '.' ? '/to' : `/to/${name}`;
  const command = ['copy', '/from', to, String(limits.bytes), String(limits.entries)];
  const mounts = [{ ...from, Target: '/from', ReadOnly: true }, carried(volume, '/to')];
  const container = await filler(engine, helperImage, mounts, command);
  try {
    await container.start();
    const code = await called(container.wait(), signal);
    if (code === 0) return;
    const said = (await container.logs({ tail: 5 })).trim();
    throw new SeaworthyError('engine-refused', `copying ${from.Source} for the drills failed: ${said}`);
  } finally {
    await container.remove();
  }
}
