import { expect, test } from 'vitest';
import { withSmallDisks, writablePlaces } from '../../src/drills/disks/small-disks.ts';
import type { HostBody, ServicePlan, StackPlan } from '../../src/stack/plan.ts';

const service = (name: string, HostConfig: HostBody) =>
  ({ name, body: { Image: 'x', Labels: {}, HostConfig } }) as ServicePlan;

const web = service('web', {
  Tmpfs: { '/tmp': 'size=1m,mode=1777', '/run': '', '/big': 'rw,size=4g', '/fixed': 'ro' },
  Binds: ['data:/data:rw', 'cache:/cache:ro', '/srv/code:/code'],
  Mounts: [
    { Type: 'volume', Source: 'files', Target: '/files' },
    { Type: 'volume', Source: 'read', Target: '/read', ReadOnly: true },
    { Type: 'tmpfs', Target: '/scratch' },
    { Type: 'bind', Source: '/etc', Target: '/host' },
  ],
});
const volume = (name: string, external = false) => ({ key: name, name, external, body: { Driver: 'nfs' } });

test('places that can be filled', () => {
  expect(writablePlaces(web)).toEqual(['/tmp', '/run', '/big', '/files', '/scratch', '/data']);
});

test('volumes and tmpfs of the service are small, those of others and smaller ones as they were', () => {
  const other = service('other', { Tmpfs: { '/tmp': '' } });
  const plan: StackPlan = {
    project: 'p',
    leftOut: [],
    networks: [],
    volumes: [volume('data'), volume('files'), volume('elsewhere'), volume('cache', true)],
    services: [web, other],
  };
  const small = withSmallDisks(plan, 'web', 2 << 20, { isPodman: false });
  expect(small.services[0]?.body.HostConfig.Tmpfs).toEqual({
    '/tmp': 'mode=1777,size=1048576',
    '/run': 'size=2097152',
    '/big': 'rw,size=2097152',
    '/fixed': 'ro,size=2097152',
  });
  expect(small.services[0]?.body.HostConfig.Mounts?.[2]).toEqual({
    Type: 'tmpfs',
    Target: '/scratch',
    TmpfsOptions: { SizeBytes: 2 << 20 },
  });
  expect(small.services[1]).toBe(other);
  expect(small.volumes.map(({ name, body }) => [name, body['Driver']])).toEqual([
    ['data', 'local'],
    ['files', 'local'],
    ['elsewhere', 'nfs'],
    ['cache', 'nfs'],
  ]);
  expect(small.volumes[0]?.body['DriverOpts']).toEqual({ type: 'tmpfs', device: 'tmpfs', o: 'size=2097152' });
  // Podman would make a quota of a size.
  const onPodman = withSmallDisks(plan, 'web', 2 << 20, { isPodman: true });
  expect(onPodman.volumes[0]?.body['DriverOpts']).toEqual({ type: 'tmpfs', device: 'tmpfs', o: 'nr_blocks=512' });
});
