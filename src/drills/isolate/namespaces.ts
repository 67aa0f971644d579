import type { EndpointPlan, HostBody, ServicePlan } from '../../stack/plan.ts';
import { without } from './fields.ts';
import type { Note } from './isolated.ts';

const shared = {
  PidMode: 'pid',
  IpcMode: 'ipc',
  UTSMode: 'uts',
  UsernsMode: 'userns_mode',
  CgroupnsMode: 'cgroup',
} as const;

/** The network of a stack that names none. */
export const defaultNetwork = 'default';

/** Nothing is shared with the machine: neither namespaces nor the cgroups of others. */
export function ownNamespaces(plan: ServicePlan, note: Note): ServicePlan {
  let host: HostBody = { ...plan.body.HostConfig };
  for (const [field, attribute] of Object.entries(shared)) {
    if (host[field] !== 'host') continue;
    note(`host-${attribute}`, `${attribute}: host`, 'a namespace of its own');
    host = without(host, field);
  }
  host = ownResources(host, note);
  return onOwnNetwork({ ...plan, body: { ...plan.body, HostConfig: host } }, note);
}

/** `host`, `bridge` and other networks of the engine become the stack's own; `none` and `service:x` stay. */
function onOwnNetwork(plan: ServicePlan, note: Note): ServicePlan {
  const mode = plan.body.HostConfig.NetworkMode;
  if (plan.networks.length > 0 || mode === 'none' || mode?.startsWith('service:')) return plan;
  if (mode !== undefined && mode !== 'default') {
    const kind = mode === 'host' ? 'host-network' : 'network';
    note(kind, `network_mode: ${mode}`, "the drill's own default network");
  }
  const endpoint: EndpointPlan = { key: defaultNetwork, name: defaultNetwork, settings: { Aliases: [plan.name] } };
  const HostConfig = { ...plan.body.HostConfig, NetworkMode: defaultNetwork };
  return { ...plan, networks: [endpoint], body: { ...plan.body, HostConfig } };
}

/** A drill that uses up memory must take it from nobody else, and be the first to be killed rather than the last. */
function ownResources(before: HostBody, note: Note): HostBody {
  let host = before;
  if (typeof host['CgroupParent'] === 'string' && host['CgroupParent'] !== '') {
    note('cgroup', `cgroup_parent: ${host['CgroupParent']}`, "the engine's own");
    host = without(host, 'CgroupParent');
  }
  if (host['OomKillDisable'] === true) {
    note('memory', 'oom_kill_disable: true', 'false');
    host = { ...host, OomKillDisable: false };
  }
  const score = host['OomScoreAdj'];
  if (typeof score === 'number' && score < 0) {
    note('memory', `oom_score_adj: ${score}`, '0');
    host = without(host, 'OomScoreAdj');
  }
  return host;
}
