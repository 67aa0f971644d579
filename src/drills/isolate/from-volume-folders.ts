import type { Engine } from '../../engine/engine.ts';
import { isOlder } from '../../stack/newer-features.ts';
import type { MountBody, StackPlan } from '../../stack/plan.ts';
import { fieldsOf } from './fields.ts';

/**
 * Engines before 26 (API 1.45) ignore the subpath of a volume: there it is mounted from the folder that the engine
 * keeps the volume in, which works for single files, too (measured, 20.10). The volumes must be there.
 */
export async function fromVolumeFolders(engine: Engine, plan: StackPlan): Promise<StackPlan> {
  if (!isOlder(engine.info.apiVersion, '1.45')) return plan;
  const folders = new Map<string, Promise<string>>();
  const folderOf = (volume: string) => {
    const known = folders.get(volume) ?? engine.volumeFolder(volume);
    folders.set(volume, known);
    return known;
  };
  const asBind = async (mount: MountBody): Promise<MountBody> => {
    const { Subpath } = fieldsOf(mount['VolumeOptions']);
    if (mount.Type !== 'volume' || mount.Source === undefined || typeof Subpath !== 'string') return mount;
    const { VolumeOptions: _options, ...rest } = mount;
    return { ...rest, Type: 'bind', Source: `${await folderOf(mount.Source)}/${Subpath}` };
  };
  const services = await Promise.all(
    plan.services.map(async (service) => {
      const { Mounts } = service.body.HostConfig;
      if (!Mounts) return service;
      const HostConfig = { ...service.body.HostConfig, Mounts: await Promise.all(Mounts.map(asBind)) };
      return { ...service, body: { ...service.body, HostConfig } };
    }),
  );
  return { ...plan, services };
}
