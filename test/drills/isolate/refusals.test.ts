import { describe, expect, test } from 'vitest';
import { isolated, type Machine } from './isolated.ts';

const service = (lines: string) => `services:\n  app:\n    image: app\n${lines.replace(/^(?=.)/gm, '    ')}\n`;
const mounts = (...written: string[]) => service(`volumes: [${written.map((one) => `"${one}"`).join(', ')}]`);

describe('services that could change what is real are refused', () => {
  const cases: readonly (readonly [what: string, compose: string, because: string, machine?: Machine])[] = [
    ['all privileges', service('privileged: true'), 'it is privileged'],
    ['SYS_ADMIN', service('cap_add: [cap_sys_admin]'), 'it has the capability SYS_ADMIN'],
    ['all capabilities', service('cap_add: [ALL]'), 'it has the capability ALL'],
    ['open_by_handle_at', service('cap_add: [DAC_READ_SEARCH]'), 'files of the host can be opened'],
    ['the clock', service('cap_add: [SYS_TIME]'), "the host's clock"],
    ['unmasked /proc', service('security_opt: ["systempaths=unconfined"]'), 'its /proc is unmasked'],
    ['a privileged hook', service('post_start: [{command: [a], user: root, privileged: true}]'), 'hooks is privileged'],
    ['a disk', service('devices: [/dev/sda]'), 'the disk /dev/sda'],
    ['a disk by another name', service('devices: [/dev/data]'), 'the disk /dev/data', { '/dev/data': 'block-device' }],
    [
      'a link to a disk',
      service('devices: [/dev/dri]'),
      'the disk',
      { '/dev/dri': '-> /dev/sdb', '/dev/sdb': 'block-device' },
    ],
    ['a stick that others use', service('devices: [/dev/ttyUSB0]'), 'which the real service may be using'],
    ['rules for disks', service("device_cgroup_rules: ['b 8:* rwm']"), 'device_cgroup_rules'],
    ['rules for all devices', service("device_cgroup_rules: ['a *:* rwm']"), 'device_cgroup_rules'],
    ['rules for SCSI', service("device_cgroup_rules: ['c 21:* rwm']"), 'device_cgroup_rules'],
    ['another container', service('network_mode: container:vpn'), 'the container "vpn", which is real'],
    ["another container's volumes", service('volumes_from: ["container:db"]'), 'volumes of the container "db"'],
    ['an engine elsewhere', service('environment: {DOCKER_HOST: "tcp://10.0.0.5:2375"}'), 'the engine at 10.0.0.5'],

    ["the engine's socket", mounts('/var/run/docker.sock:/var/run/docker.sock:ro'), 'controls the engine'],
    ['the same when it is not there', mounts('/run/user/1000/podman/podman.sock:/sock'), 'controls the engine'],
    ['the same by a link', mounts('./sock:/s:ro'), 'controls the engine', { '/srv/shop/sock': '-> /run/docker.sock' }],
    [
      'any socket',
      mounts('/srv/db/pg.sock:/s:ro'),
      'a socket: what answers there is real',
      { '/srv/db/pg.sock': 'socket' },
    ],
    ['a named pipe', mounts('/srv/fifo:/s:ro'), 'a pipe', { '/srv/fifo': 'pipe' }],
    ['a socket in the project', mounts('./app.sock:/s'), 'a socket', { '/srv/shop/app.sock': 'socket' }],
    [
      'a folder with a socket in it',
      mounts('/srv/pg:/pg:ro'),
      'with /srv/pg/.s.PGSQL.5432 in it',
      { '/srv/pg': { tree: { doors: ['/srv/pg/.s.PGSQL.5432'] } } },
    ],
    [
      'too much to be searched',
      mounts('/srv/big:/b:ro'),
      'too large to be searched',
      { '/srv/big': { tree: { isTooLarge: true } } },
    ],
    ['the whole machine', mounts('/:/rootfs:ro'), 'with /run in it'],
    ['/run', mounts('/run:/run:ro'), 'the host could be changed'],
    ['/var', mounts('/var:/host:ro'), 'with /var/run in it'],
    ["the engine's folder", mounts('/var/lib/docker:/d:ro'), 'the host could be changed'],
    [
      'what holds it by a link',
      mounts('/mnt:/m:ro'),
      'with /var/lib/docker in it',
      { '/var/lib/docker': '-> /mnt/docker', '/mnt': 'directory' },
    ],
    ['/proc, even read-only', mounts('/proc:/host/proc:ro'), 'the host could be changed', { '/proc': 'directory' }],
    ['a process', mounts('/proc/1/root:/host:ro'), 'processes of the host', { '/proc/1/root': 'directory' }],
    ['/sys to be written', mounts('/sys:/sys'), 'the host could be changed', { '/sys': 'directory' }],
    ['/dev', mounts('/dev:/dev:ro'), 'the host could be changed', { '/dev': 'directory' }],
    ['a disk as a file', mounts('/dev/sda1:/disk:ro'), 'a disk', { '/dev/sda1': 'block-device' }],
    [
      'too much to copy',
      mounts('./data:/data'),
      'over 1 GiB or 200000 files',
      { '/srv/shop/data': { tree: { isTooLarge: true } } },
    ],
    [
      'what must be there and is not',
      service('volumes: [{type: bind, source: ./no, target: /no, bind: {create_host_path: false}}]'),
      'which is not there',
    ],
    ['what nobody may look at', mounts('/root/x:/x:ro'), 'may not look at', { '/root/x': 'closed' }],
  ];

  for (const [what, compose, because, machine = {}] of cases)
    test(what, () => {
      const { plan, refused } = isolated(compose, { machine });
      expect(refused.get('app')).toContain(because);
      expect(plan.services).toEqual([]);
    });

  test('on another machine, all that lies outside the project', () => {
    const machine: Machine = { '/srv/media': 'directory', '/etc/localtime': 'file' };
    const refused = (written: string) => isolated(mounts(written), { machine, isLocal: false }).refused.get('app');
    expect(refused('/srv/media:/m:ro')).toContain('cannot be looked at from here');
    expect(refused('/srv/nothing:/m')).toContain('cannot be looked at from here');
    expect(refused('/etc/localtime:/etc/localtime:ro')).toBeUndefined();
    expect(refused('./data:/data')).toBeUndefined();
  });
});

describe('services that only look as if are not', () => {
  test.each([
    ['GPUs, tunnels, FUSE', service('devices: [/dev/dri, /dev/nvidia0, /dev/fuse, /dev/net/tun, /dev/kvm]')],
    ['rules for GPUs', service("device_cgroup_rules: ['c 195:* rwm', 'c 10:200 rwm']")],
    ['harmless capabilities', service('cap_add: [NET_ADMIN, SYS_PTRACE, NET_BIND_SERVICE, IPC_LOCK]')],
    ['/sys, read-only', mounts('/sys:/sys:ro')],
    [
      'an engine that is a service',
      `${service('environment: {DOCKER_HOST: "tcp://dind:2375"}')}  dind: {image: dind}\n`,
    ],
    ['the clock of everybody', mounts('/etc/localtime:/etc/localtime:ro')],
    ['a null device', mounts('/dev/null:/etc/motd')],
  ])('%s', (_what, compose) => {
    const machine: Machine = {
      '/sys': 'directory',
      '/etc/localtime': '-> /usr/share/zoneinfo/UTC',
      '/usr/share/zoneinfo/UTC': 'file',
      '/dev/null': 'character-device',
    };
    expect([...isolated(compose, { machine }).refused]).toEqual([]);
  });
});

describe('who needs one that is refused', () => {
  const proxy = '  proxy: {image: p, volumes: ["/var/run/docker.sock:/s"]}\n';
  const others = (lines: string) => isolated(`services:\n${proxy}  app:\n    image: app\n${lines}`);

  test('goes without it where it only has to be started', () => {
    const { plan, refused, standIns } = others('    depends_on: [proxy]\n');
    expect([...refused.keys()]).toEqual(['proxy']);
    expect(plan.services.map(({ name, dependsOn }) => [name, dependsOn])).toEqual([['app', []]]);
    expect(standIns).toContainEqual({
      kind: 'dependency',
      service: 'app',
      wanted: 'depends_on: proxy',
      used: 'nothing: that service is refused',
    });
  });

  test.each([
    ['depends_on: {proxy: {condition: service_healthy}}', 'waits for the health of "proxy", and "proxy" mounts'],
    ['depends_on: {proxy: {condition: service_completed_successfully}}', 'waits for the end of "proxy"'],
    ['network_mode: service:proxy', 'lives in a namespace of "proxy"'],
    ['pid: service:proxy', 'lives in a namespace of "proxy"'],
    ['volumes_from: [proxy]', 'mounts the volumes of "proxy"'],
  ])('is refused with it: %s', (line, because) => {
    const { plan, refused } = others(`    ${line}\n  far:\n    image: far\n    network_mode: service:app\n`);
    expect(refused.get('app')).toContain(because);
    expect(refused.get('far')).toContain('lives in a namespace of "app"');
    expect(plan.services).toEqual([]);
  });

  test('not where it is optional', () => {
    const { refused } = others('    depends_on: {proxy: {condition: service_healthy, required: false}}\n');
    expect([...refused.keys()]).toEqual(['proxy']);
  });
});
