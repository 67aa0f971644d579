import type { TarFile } from '../engine/container.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import type { ContainerBody, MountBody, PlacedFile, ServicePlan } from './plan.ts';
import type { RunningStack } from './running-stack.ts';

/**
 * Secrets and configs whose text is at hand. Where the root can be written they are put there before the start. Nothing
 * can be put into a read-only root (measured, 20.10: not even below a tmpfs), so there each folder becomes a volume,
 * filled through a container that never runs and mounted read-only.
 */
export async function placeFiles(
  stack: RunningStack,
  plan: ServicePlan,
  containerName: string,
  body: ContainerBody,
): Promise<{ readonly body: ContainerBody; readonly files: readonly TarFile[] }> {
  if (plan.files.length === 0) return { body, files: [] };
  if (body.HostConfig.ReadonlyRootfs !== true) return { body, files: plan.files.map((file) => tarFile(file, '/')) };
  const folders = byFolder(plan.files);
  const mounts: MountBody[] = [];
  for (const [folder, files] of folders) {
    if (folder === '/')
      throw new SeaworthyError(
        'unsupported',
        `${files[0]?.kind} "${files[0]?.key}" of "${plan.name}" cannot be put into the root of a read-only container`,
        { hint: 'Give it a target in a folder: target: /run/config/name.' },
      );
    const volume = `${containerName}${folder.replaceAll(/[^a-zA-Z0-9_.-]+/g, '-')}`;
    await fill(stack, plan, volume, folder, files);
    mounts.push({ Type: 'volume', Source: volume, Target: folder, ReadOnly: true });
  }
  const host = { ...body.HostConfig, Mounts: [...(body.HostConfig.Mounts ?? []), ...mounts] };
  return { body: { ...body, HostConfig: host }, files: [] };
}

/** The outermost folders: in a read-only mount, no other could be mounted further in. */
function byFolder(files: readonly PlacedFile[]): Map<string, PlacedFile[]> {
  const folderOf = ({ target }: PlacedFile) => target.slice(0, target.lastIndexOf('/')) || '/';
  const all = files.map(folderOf);
  const folders = new Map<string, PlacedFile[]>();
  for (const file of files) {
    const own = folderOf(file);
    const outermost =
      all.filter((folder) => own.startsWith(`${folder}/`)).sort((a, b) => a.length - b.length)[0] ?? own;
    folders.set(outermost, [...(folders.get(outermost) ?? []), file]);
  }
  return folders;
}

async function fill(
  { engine, volumes }: RunningStack,
  plan: ServicePlan,
  volume: string,
  folder: string,
  files: readonly PlacedFile[],
): Promise<void> {
  await engine.createVolume(volume, {});
  volumes.push(volume);
  // What the image has in that folder is copied into the volume when this is created.
  const filler = await engine.createContainer(
    `${volume}-filler`,
    { Image: plan.image.name, Cmd: ['-'], HostConfig: { Binds: [`${volume}:${folder}:rw`], NetworkMode: 'none' } },
    plan.image.platform,
  );
  try {
    await filler.putFiles(
      folder,
      files.map((file) => tarFile(file, folder)),
    );
  } finally {
    await filler.remove();
  }
}

function tarFile({ target, text, mode, uid, gid }: PlacedFile, folder: string): TarFile {
  return { name: target.slice(folder === '/' ? 1 : folder.length + 1), content: text, mode, uid, gid };
}
