import { child, type Maybe, text, textsOf } from '../model/compose/tree-access.ts';
import type { Asked } from './asked.ts';
import { linksOf } from './endpoints.ts';
import { healthBody } from './health-body.ts';
import { mounts } from './mounts.ts';
import type { ContainerBody, EndpointPlan, HostBody, MountBody } from './plan.ts';
import { present, some } from './present.ts';
import { publishedPorts } from './published-ports.ts';
import { devices, resources } from './resources.ts';
import { restartPolicy } from './restart-policy.ts';
import { securityOptions } from './security-options.ts';
import { booleanAt, listAt, mappingAt, millisecondsAt, textAt, variablesAt } from './values.ts';

/** POST /containers/create, but for what is known only when it runs: ids of other containers. */
export function containerBody(
  asked: Asked,
  image: string,
  networks: readonly EndpointPlan[],
  files: readonly MountBody[],
): ContainerBody {
  const service = asked.node;
  const ports = publishedPorts(service);
  const graceMs = millisecondsAt(service, 'stop_grace_period');
  return present({
    Image: image,
    Hostname: textAt(service, 'hostname'),
    Domainname: textAt(service, 'domainname'),
    User: textAt(service, 'user'),
    WorkingDir: textAt(service, 'working_dir'),
    // An empty list is not the same as none: it takes the image's entrypoint away.
    Entrypoint: words(child(service, 'entrypoint')),
    Cmd: words(child(service, 'command')),
    Env: some(variablesAt(service, 'environment')),
    Labels: mappingAt(service, 'labels') ?? {},
    ExposedPorts: ports.exposed,
    Healthcheck: healthBody(service),
    StopSignal: textAt(service, 'stop_signal'),
    StopTimeout: graceMs === undefined ? undefined : Math.trunc(graceMs / 1000),
    Tty: booleanAt(service, 'tty'),
    OpenStdin: booleanAt(service, 'stdin_open'),
    AttachStdout: true,
    AttachStderr: true,
    MacAddress: textAt(service, 'mac_address'),
    HostConfig: present({ ...hostBody(asked, networks, files), PortBindings: ports.bindings ?? {} }),
  });
}

function hostBody(asked: Asked, networks: readonly EndpointPlan[], files: readonly MountBody[]): HostBody {
  const service = asked.node;
  const mounted = mounts(asked);
  const logging = child(service, 'logging');
  return present({
    ...mounted,
    Mounts: some([...files, ...(mounted.Mounts ?? [])]),
    ...resources(service),
    ...devices(service),
    ...securityOptions(asked),
    NetworkMode: textAt(service, 'network_mode') ?? networks[0]?.name,
    RestartPolicy: restartPolicy(service),
    LogConfig:
      logging?.kind === 'map'
        ? { Type: textAt(logging, 'driver') ?? '', Config: mappingAt(logging, 'options') ?? {} }
        : undefined,
    Links: some(linksOf(service)),
    CapAdd: listAt(service, 'cap_add'),
    CapDrop: listAt(service, 'cap_drop'),
    Privileged: booleanAt(service, 'privileged'),
    ReadonlyRootfs: booleanAt(service, 'read_only'),
    Init: booleanAt(service, 'init'),
    IpcMode: textAt(service, 'ipc'),
    PidMode: textAt(service, 'pid'),
    UTSMode: textAt(service, 'uts'),
    UsernsMode: textAt(service, 'userns_mode'),
    CgroupnsMode: textAt(service, 'cgroup'),
    GroupAdd: some(textsOf(child(service, 'group_add'))),
    Sysctls: mappingAt(service, 'sysctls'),
    StorageOpt: mappingAt(service, 'storage_opt'),
    Runtime: textAt(service, 'runtime'),
    Isolation: textAt(service, 'isolation'),
    Annotations: mappingAt(service, 'annotations'),
    Dns: listAt(service, 'dns'),
    DnsSearch: listAt(service, 'dns_search'),
    DnsOptions: listAt(service, 'dns_opt'),
    ExtraHosts: textsOf(child(service, 'extra_hosts')).map((host) => host.replace('=', ':')),
  });
}

function words(node: Maybe): readonly string[] | undefined {
  return node?.kind === 'list' ? node.items.map((item) => text(item) ?? '') : undefined;
}
