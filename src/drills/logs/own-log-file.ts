import type { Evidence } from '../../vocabulary/drill.ts';
import { printBytes } from '../../vocabulary/bytes.ts';
import type { Lab, Subject } from '../lab.ts';
import { writtenPaths } from '../rights/written-paths.ts';

const windowSeconds = 3;
/** A line of an access log has more. */
const bytesPerAnswer = 10;
/** More than any program keeps in one file before it begins another; sparse, so that it takes no room. */
const swollenBytes = 2 ** 30;

const isLog = (path: string) => /\/logs?\/|[._-]log$|\.log\.\d+$/i.test(path);

/**
 * A log that the service writes into a file of its container, past the engine's cap: one that grows with its own load, and
 * goes on growing when it has become very large. What lies in a volume is left to whoever looks after the volume.
 */
export async function ownLogFile(lab: Lab, subject: Subject, evidence: Evidence[]): Promise<string | undefined> {
  const atFirst = await logFiles(subject);
  const load = await someLoad(lab, subject);
  if (load === undefined) return undefined;
  const first = await logFiles(subject);
  const growing = [...first].filter(
    ([path, size]) => size - (atFirst.get(path) ?? 0) > Math.max(load, 1) * bytesPerAnswer,
  );
  if (growing.length === 0) return undefined;
  const [path, size] = growing.reduce((most, one) => (one[1] > most[1] ? one : most));
  const inside = await subject.inside();
  evidence.push(
    { name: 'its own log file', value: path },
    { name: `its size after ${after(load)}`, value: size, unit: 'bytes' },
  );
  lab.step(`making ${path} large, and asking again`);
  await inside.swell(`/proc/1/root${path}`, swollenBytes);
  const more = await someLoad(lab, subject);
  const isRotated = await lab.until(3000, async () => ((await logFiles(subject)).get(path) ?? 0) < swollenBytes, 500);
  evidence.push({ name: 'rotated when it was large', value: isRotated });
  // Something else may be amiss by now, and is not what was asked.
  if (isRotated || more === undefined) return undefined;
  // What nobody asks may have written all that it had to say of its start.
  if (load === 0 && ((await logFiles(subject)).get(path) ?? 0) <= size + swollenBytes) return undefined;
  return `It logs into ${path}, a file of its container that no cap of the engine reaches: ${printBytes(size)} after ${after(load)}, and nothing rotates it`;
}

const after = (load: number): string => (load > 0 ? `${load} answers` : 'some seconds of its own work');

/** Answers of one window of its own load, or none where nobody can ask it; undefined where it does not answer. */
async function someLoad(lab: Lab, subject: Subject): Promise<number | undefined> {
  if (!(await subject.address())) {
    lab.step('its own work, looking for a log file that grows');
    await lab.wait((windowSeconds + 2) * 1000);
    return 0;
  }
  lab.step('its own load, looking for a log file that grows');
  const load = await subject.load({ seconds: windowSeconds });
  lab.waited(windowSeconds * 1000);
  const { total } = await load.result;
  await lab.wait(1000);
  return total.answered >= 20 ? total.answered : undefined;
}

/** What looks like a log among the files that it wrote outside its mounts, by path. */
async function logFiles(subject: Subject): Promise<ReadonlyMap<string, number>> {
  const { Mounts = [], Tmpfs = {}, Binds = [] } = subject.plan.body.HostConfig;
  const mounts = [
    ...Mounts.map(({ Target }) => Target),
    ...Object.keys(Tmpfs),
    ...Binds.map((bind) => bind.split(':')[1] ?? ''),
    ...Object.keys(subject.plan.body.Volumes ?? {}),
  ];
  const paths = writtenPaths(await subject.container.changes(), mounts)
    .filter(({ path, kind }) => kind !== 'D' && isLog(path))
    .map(({ path }) => path);
  const inside = await subject.inside();
  const found = new Map<string, number>();
  for (const folder of new Set(paths.map(folderOf))) {
    const sizes = await inside.sizes(`/proc/1/root${folder}`).catch(() => ({}));
    for (const [name, size] of Object.entries(sizes)) {
      const path = `${folder === '/' ? '' : folder}/${name}`;
      if (paths.includes(path)) found.set(path, Number(size));
    }
  }
  return found;
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
