import type { VolumePlan } from '../../stack/plan.ts';
import { textsOf } from './fields.ts';
import type { Note } from './isolated.ts';
import { ownLabels } from './watchers.ts';

/** A volume of the drill's own: empty, on the engine's disk. One in memory stays one in memory. */
export function throwawayVolume({ key, name, external, body }: VolumePlan, note: Note): VolumePlan {
  const options = textsOf(body['DriverOpts']);
  const driver = body['Driver'];
  const isLocal = driver === undefined || driver === '' || driver === 'local';
  const isMemory = !external && isLocal && options['type'] === 'tmpfs';
  if (external) note('volume', `external volume ${name}`, 'an empty throwaway volume');
  else if (!isLocal) note('volume', `${key}, driver ${String(driver)}`, 'an empty throwaway volume');
  else if (options['device'] !== undefined && !isMemory)
    note('volume', `${key}, ${options['device']}`, 'an empty throwaway volume');
  else note('volume', name, isMemory ? 'a throwaway volume in memory' : 'an empty throwaway volume');
  const labels = ownLabels(textsOf(body['Labels']), note);
  return {
    key,
    name,
    external: false,
    body: {
      ...(isMemory ? { Driver: 'local', DriverOpts: options } : {}),
      ...(Object.keys(labels).length > 0 ? { Labels: labels } : {}),
    },
  };
}
