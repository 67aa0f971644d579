import type { Host } from '../../engine/host-path.ts';

/** Devices that several may use at the same time, and that keep nothing: GPUs, tunnels, virtual machines, FUSE. */
const harmless =
  /^\/dev\/(?:dri|dri\/.+|nvidia.*|kfd|dxg|accel\/.+|fuse|net\/tun|kvm|vhost-net|vhost-vsock|null|zero|full|random|urandom|tty)$/;
const disk = /^\/dev\/(?:sd|hd|vd|xvd|nvme|mapper\/|dm-|md|loop|sr|mmcblk|disk\/|zvol|rbd|nbd|pmem|bcache)/;

/** Why a drill cannot be given this device; undefined where it can. */
export function dangerousDevice(path: string, host: Host): string | undefined {
  const { real, kind } = host.look(path);
  if (kind === 'block-device' || disk.test(real) || disk.test(path)) return `it is given the disk ${path}`;
  // /dev/dri/by-path and its like are links.
  if (harmless.test(path) && harmless.test(real)) return undefined;
  return `it is given the device ${path}, which the real service may be using`;
}

/** Major numbers of the harmless ones: https://www.kernel.org/doc/Documentation/admin-guide/devices.txt */
const harmlessRule = /^c (?:195|226|235|236|237|238|239|510|511):|^c 10:(?:200|229|232|238) /;

/** `c 195:* rmw`. */
export function dangerousDeviceRule(rule: string): string | undefined {
  return harmlessRule.test(rule) ? undefined : `its device_cgroup_rules let it use devices of the host (${rule})`;
}
