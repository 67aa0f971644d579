import { child, itemsOf, text } from '../../model/compose/tree-access.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

/** The host's memory and disks: whoever has them has the host. */
const host =
  /^\/dev\/(?:mem|kmem|port|kmsg|sd[a-z]\d*|nvme\d+(?:n\d+)?(?:p\d+)?|vd[a-z]\d*|xvd[a-z]\d*|dm-\d+|mapper\/.+|md\d+|disk\/.+|loop\d+|loop-control)$/;
/** Made to be handed out: graphics, tunnels, serial lines, cameras, sound, TPUs, fuse, random numbers. */
const usual =
  /^\/dev\/(?:dri|kfd|nvidia|net\/tun|tty|serial|video|snd|bus\/usb|apex|fuse|kvm|rtc|hidraw|input|i2c|spi|gpio|zigbee|hwrng|u?random|null|zero|shm|accel|hailo|cuse|ppp|vhost-net)/;

export const hostDevices: Rule = {
  id: 'compose/host-devices',
  summary: 'A device of the host is handed to a container',
  why: 'A device is outside of every other limit: with the disk of the host, the container reads and writes all its files.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#devices',
    'https://docs.docker.com/reference/cli/docker/container/run/#device',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN4'],
  aliases: [],
  byHand: 'only you know what it does with the device',
  examples: { bad: 'bad-disk', good: 'good-graphics' },
  service(service, report) {
    if (!isContainer(service)) return;
    for (const node of itemsOf(service.attribute('devices'))) {
      const device = text(child(node, 'source'));
      const span = child(node, 'source')?.span ?? node.span;
      if (device === undefined || (usual.test(device) && !host.test(device)) || !device.startsWith('/dev')) continue;
      report({
        at: span,
        message: `"${service.name}" has ${device} of the host`,
        severity: host.test(device) || device === '/dev' ? 'critical' : 'low',
      });
    }
  },
};
