import type { YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import { ipVersion } from '../../vocabulary/ip-address.ts';
import type { Loading } from './loading.ts';
import { child, entriesOf, itemsOf, keySpanOf, text } from './tree-access.ts';

/** What Compose checks of single attributes once defaults are set; the table has no words for these. */
export function checkAttributes(document: YamlMap, loading: Loading): void {
  for (const [name, volume] of entriesOf(child(document, 'volumes'))) checkExternal(volume, `volumes.${name}`, loading);
  for (const [name, config] of entriesOf(child(document, 'configs')))
    checkOrigin(config, `configs.${name}`, ['file', 'environment', 'content'], loading);
  for (const [name, secret] of entriesOf(child(document, 'secrets')))
    checkOrigin(secret, `secrets.${name}`, ['file', 'environment'], loading);
  for (const [name, service] of entriesOf(child(document, 'services')))
    checkService(service, `services.${name}`, loading);
}

function checkExternal(volume: YamlNode, path: string, loading: Loading): void {
  const external = child(volume, 'external');
  if (volume.kind !== 'map' || external?.kind !== 'scalar' || external.value !== true) return;
  for (const entry of volume.entries.values()) {
    if (entry.key === 'name' || entry.key === 'external' || entry.key.startsWith('x-')) continue;
    loading.refuse(
      'external-conflict',
      `${path}: conflicting parameters "external" and "${entry.key}" specified`,
      entry.keySpan,
    );
  }
}

function checkOrigin(resource: YamlNode, path: string, keys: readonly string[], loading: Loading): void {
  if (resource.kind !== 'map') return;
  const given = keys.filter((key) => resource.entries.has(key));
  if (given.length > 1) {
    const span = keySpanOf(resource, given[1] ?? '') ?? resource.span;
    loading.refuse('exclusive-keys', `${path}: ${keys.join('|')} attributes are mutually exclusive`, span);
  }
  if (given.length === 0 && !resource.entries.has('driver') && !resource.entries.has('external'))
    loading.refuse('no-origin', `${path}: one of ${keys.join('|')} must be set`, resource.span);
}

function checkService(service: YamlNode, path: string, loading: Loading): void {
  for (const port of itemsOf(child(service, 'ports'))) {
    const ip = child(port, 'host_ip');
    const address = text(ip);
    if (ip && address !== undefined && ipVersion(address) === undefined)
      loading.refuse('bad-address', `${path}.ports: invalid ip address: ${address}`, ip.span);
  }
  for (const watch of itemsOf(child(service, 'develop.watch'))) {
    const watched = child(watch, 'path');
    if (watched && text(watched) === '')
      loading.refuse('bad-value', `${path}.develop.watch.path: value can't be blank`, watched.span);
  }
  const requests = [
    ...itemsOf(child(service, 'gpus')),
    ...itemsOf(child(service, 'deploy.resources.reservations.devices')),
  ];
  for (const request of requests) {
    if (child(request, 'count') && child(request, 'device_ids'))
      loading.refuse('exclusive-keys', `${path}: "count" and "device_ids" attributes are exclusive`, request.span);
  }
}
