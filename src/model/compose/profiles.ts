import type { YamlMap } from '../../read/yaml/tree.ts';
import { child, entriesOf, textsOf } from './tree-access.ts';

/** Services with no profile are always there; others only when one of theirs is asked for (`*` asks for all). */
export function splitByProfile(
  root: YamlMap,
  profiles: readonly string[],
  all: boolean,
): { services: Map<string, YamlMap>; disabled: Map<string, YamlMap> } {
  const services = new Map<string, YamlMap>();
  const disabled = new Map<string, YamlMap>();
  for (const [name, service] of entriesOf(child(root, 'services'))) {
    if (service.kind !== 'map') continue;
    const own = textsOf(child(service, 'profiles'));
    const active =
      all || own.length === 0 || profiles.includes('*') || own.some((profile) => profiles.includes(profile));
    (active ? services : disabled).set(name, service);
  }
  return { services, disabled };
}
