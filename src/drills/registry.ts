import { bootTime } from './boot-time.ts';
import { capabilities } from './capabilities.ts';
import { clock } from './clock.ts';
import { cpuLimit } from './cpu-limit.ts';
import { crashRestart } from './crash-restart.ts';
import { dependencyLoss } from './dependency-loss.ts';
import { diskFull } from './disk-full.ts';
import type { Drill } from './drill.ts';
import { fdLimit } from './fd-limit.ts';
import { gracefulStop } from './graceful-stop.ts';
import { healthFlap } from './health-flap.ts';
import { honestHealth } from './honest-health.ts';
import { logFlood } from './log-flood.ts';
import { memoryLimit } from './memory-limit.ts';
import { networkIsolation } from './network-isolation.ts';
import { noNewPrivileges } from './no-new-privileges.ts';
import { pid1 } from './pid-1.ts';
import { pidsLimit } from './pids-limit.ts';
import { readOnlyRoot } from './read-only-root.ts';
import { runsAsNonRoot } from './runs-as-non-root.ts';
import { secretsStaySecret } from './secrets-stay-secret.ts';

/** Every drill there is, in the order in which a reader would ask. */
export const allDrills: readonly Drill[] = [
  runsAsNonRoot,
  readOnlyRoot,
  capabilities,
  noNewPrivileges,
  secretsStaySecret,
  honestHealth,
  healthFlap,
  bootTime,
  gracefulStop,
  pid1,
  crashRestart,
  dependencyLoss,
  memoryLimit,
  cpuLimit,
  fdLimit,
  pidsLimit,
  diskFull,
  logFlood,
  networkIsolation,
  clock,
];
