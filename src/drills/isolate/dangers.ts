import type { Host } from '../../engine/host-path.ts';
import type { ServicePlan } from '../../stack/plan.ts';
import { dangerousDevice, dangerousDeviceRule } from './devices.ts';
import { fieldsOf, listOf } from './fields.ts';
import { isSubpath } from './subpaths.ts';

/**
 * With these a container reaches the machine itself, whatever its mounts are. SYS_ADMIN makes a read-only mount
 * writable again; DAC_READ_SEARCH opens any file of the file system that one of its files lies on (open_by_handle_at(2)).
 * https://man7.org/linux/man-pages/man7/capabilities.7.html
 */
const powers: Readonly<Record<string, string>> = {
  ALL: 'whoever has them all can change the host',
  SYS_ADMIN: 'with it, file systems of the host can be mounted',
  SYS_MODULE: "with it, the host's kernel can be changed",
  SYS_RAWIO: "with it, the host's memory and disks can be written",
  SYS_BOOT: "with it, the host's kernel can be changed",
  SYS_TIME: "with it, the host's clock can be set",
  DAC_READ_SEARCH: 'with it, files of the host can be opened',
  BPF: "with it, programs can be put into the host's kernel",
  MAC_ADMIN: "with it, the host's security policy can be changed",
  MAC_OVERRIDE: "with it, the host's security policy does not hold",
  AUDIT_CONTROL: "with it, the host's audit can be switched off",
  SYSLOG: "with it, the host's kernel log can be cleared",
};

/** Why this service cannot be started without a risk for what is real; undefined where it can. Mounts are judged apart. */
export function dangerOf(plan: ServicePlan, services: ReadonlySet<string>, host: Host): string | undefined {
  const { HostConfig } = plan.body;
  if (HostConfig.Privileged === true) return 'it is privileged: it could change the host';
  if ([...plan.postStart, ...plan.preStop].some(({ privileged }) => privileged))
    return 'one of its hooks is privileged: it could change the host';
  for (const written of HostConfig.CapAdd ?? []) {
    const name = written.toUpperCase().replace(/^CAP_/, '');
    const because = powers[name];
    if (because !== undefined) return `it has the capability ${name}: ${because}`;
  }
  if (isEmptyList(HostConfig['MaskedPaths']) || isEmptyList(HostConfig['ReadonlyPaths']))
    return "its /proc is unmasked (systempaths=unconfined): it could change the host's kernel settings";
  return leavesVolume(plan) ?? sharesWithOthers(plan) ?? deviceOf(plan, host) ?? engineOf(plan, services);
}

function leavesVolume({ body: { HostConfig } }: ServicePlan): string | undefined {
  const paths = (HostConfig.Mounts ?? []).map(({ VolumeOptions }) => fieldsOf(VolumeOptions)['Subpath']);
  const path = paths.find((one) => typeof one === 'string' && !isSubpath(one));
  return path === undefined ? undefined : `it mounts "${String(path)}" of a volume, which leads out of it`;
}

/** Containers that are none of the project's are real. */
function sharesWithOthers({ body: { HostConfig } }: ServicePlan): string | undefined {
  for (const key of ['NetworkMode', 'PidMode', 'IpcMode', 'UTSMode', 'CgroupnsMode']) {
    const mode = HostConfig[key];
    if (typeof mode === 'string' && mode.startsWith('container:'))
      return `it joins a namespace of the container "${mode.slice('container:'.length)}", which is real`;
  }
  const from = listOf(HostConfig['VolumesFrom']).find((source) => !source.startsWith('service:'));
  return from === undefined ? undefined : `it mounts the volumes of the container "${from}", which are real`;
}

function deviceOf({ body: { HostConfig } }: ServicePlan, host: Host): string | undefined {
  const devices = HostConfig['Devices'];
  for (const device of Array.isArray(devices) ? devices : []) {
    const because = dangerousDevice(String(fieldsOf(device)['PathOnHost']), host);
    if (because !== undefined) return because;
  }
  for (const rule of listOf(HostConfig['DeviceCgroupRules'])) {
    const because = dangerousDeviceRule(rule);
    if (because !== undefined) return because;
  }
  return undefined;
}

/** `DOCKER_HOST` that leads elsewhere than to a service of the project. */
function engineOf({ body: { Env = [] } }: ServicePlan, services: ReadonlySet<string>): string | undefined {
  const written = Env.find((variable) => variable.startsWith('DOCKER_HOST='))?.slice('DOCKER_HOST='.length);
  const name = /^(?:tcp|https?|ssh):\/\/(?:[^@/]*@)?([^:/]+)/.exec(written ?? '')?.[1];
  if (name === undefined || services.has(name) || name === 'localhost' || name.startsWith('127.')) return undefined;
  return `DOCKER_HOST leads it to the engine at ${name}, which is real`;
}

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;
