import type { ServicePlan } from '../../stack/plan.ts';
import type { Note } from './isolated.ts';

/** Drivers that keep logs where the container is removed with them. The journal is the machine's own. */
const ownDrivers = new Set(['json-file', 'local', 'none', 'k8s-file']);

/** https://docs.docker.com/engine/logging/drivers/json-file/#options */
const fileOptions = new Set(['max-size', 'max-file', 'compress', 'labels', 'labels-regex', 'env', 'env-regex', 'tag']);

/** Logs stay in files of the container: a drill's flood must not reach a collector. `engineDriver`: where the file names none. */
export function ownLogs(plan: ServicePlan, note: Note, engineDriver: string | undefined): ServicePlan {
  const written = plan.body.HostConfig.LogConfig;
  const driver = written?.Type || engineDriver || 'json-file';
  if (ownDrivers.has(driver)) return plan;
  note('logging', written?.Type ? driver : `${driver}, the engine's default`, 'json-file');
  // Without a driver of its own, options are those of the engine's default.
  const kept = Object.entries(written?.Config ?? {}).filter(([name]) => fileOptions.has(name));
  const LogConfig = { Type: 'json-file', Config: Object.fromEntries(kept) };
  return { ...plan, body: { ...plan.body, HostConfig: { ...plan.body.HostConfig, LogConfig } } };
}
