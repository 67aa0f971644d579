import { at, child, itemsOf, type Maybe } from '../model/compose/tree-access.ts';
import type { Asked } from './asked.ts';
import type { Body, NetworkPlan, VolumePlan } from './plan.ts';
import { present, some } from './present.ts';
import { booleanAt, mappingAt, textAt } from './values.ts';

type Names = Pick<Asked, 'nameOf' | 'root'>;

export function networkPlan(asked: Names, key: string): NetworkPlan {
  const node = at(asked.root, ['networks', key]);
  return {
    key,
    name: asked.nameOf('networks', key),
    external: booleanAt(node, 'external') === true,
    body: present({
      Driver: textAt(node, 'driver'),
      Options: mappingAt(node, 'driver_opts'),
      Internal: booleanAt(node, 'internal'),
      Attachable: booleanAt(node, 'attachable'),
      EnableIPv4: booleanAt(node, 'enable_ipv4'),
      EnableIPv6: booleanAt(node, 'enable_ipv6'),
      IPAM: addresses(child(node, 'ipam')),
      Labels: mappingAt(node, 'labels'),
    }),
  };
}

function addresses(ipam: Maybe): Body | undefined {
  const subnets = itemsOf(child(ipam, 'config')).map((subnet) =>
    present({
      Subnet: textAt(subnet, 'subnet'),
      IPRange: textAt(subnet, 'ip_range'),
      Gateway: textAt(subnet, 'gateway'),
      AuxiliaryAddresses: mappingAt(subnet, 'aux_addresses'),
    }),
  );
  const body = present({
    Driver: textAt(ipam, 'driver'),
    Options: mappingAt(ipam, 'options'),
    Config: some(subnets),
  });
  return Object.keys(body).length > 0 ? body : undefined;
}

export function volumePlan(asked: Names, key: string): VolumePlan {
  const node = at(asked.root, ['volumes', key]);
  return {
    key,
    name: asked.nameOf('volumes', key),
    external: booleanAt(node, 'external') === true,
    body: present({
      Driver: textAt(node, 'driver'),
      DriverOpts: mappingAt(node, 'driver_opts'),
      Labels: mappingAt(node, 'labels'),
    }),
  };
}
