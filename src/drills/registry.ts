import { capabilities } from './capabilities.ts';
import { cpuLimit } from './cpu-limit.ts';
import { diskFull } from './disk-full.ts';
import type { Drill } from './drill.ts';
import { fdLimit } from './fd-limit.ts';
import { logFlood } from './log-flood.ts';
import { memoryLimit } from './memory-limit.ts';
import { networkIsolation } from './network-isolation.ts';
import { noNewPrivileges } from './no-new-privileges.ts';
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
  networkIsolation,
  memoryLimit,
  cpuLimit,
  fdLimit,
  pidsLimit,
  diskFull,
  logFlood,
];
