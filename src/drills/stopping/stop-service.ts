import { field } from '../../engine/endpoint.ts';
import type { ServicePlan } from '../../stack/plan.ts';
import type { Subject } from '../lab.ts';
import type { Ending } from './ending.ts';
import { endingFrom } from './ending.ts';

/** As the container has it: of the file, else of the image (`STOPSIGNAL`), else Docker's own. */
export async function signalOf({ container, plan }: Subject): Promise<string> {
  if (plan.stopSignal) return plan.stopSignal;
  const ofContainer = field(field((await container.inspect()).raw, 'Config'), 'StopSignal');
  return typeof ofContainer === 'string' && ofContainer !== '' ? ofContainer : 'SIGTERM';
}

/**
 * Whole seconds, as the engine takes them (`POST /containers/{id}/stop?t=`). Compose cuts fractions off
 * (pkg/utils/durationutils.go): `stop_grace_period: 1500ms` is one second.
 */
export const graceSecondsOf = ({ stopGraceMs }: ServicePlan): number => Math.floor(stopGraceMs / 1000);

/**
 * Stops it as `docker compose stop` does: its pre_stop hooks one after another, then the stop signal, and SIGKILL when the
 * grace period is over. Resolves when it has ended.
 */
export async function stopService(subject: Subject): Promise<Ending> {
  const { container, plan } = subject;
  for (const hook of plan.preStop)
    await container.exec(hook.command, {
      ...(hook.user === undefined ? {} : { user: hook.user }),
      ...(hook.workdir === undefined ? {} : { workdir: hook.workdir }),
      environment: hook.environment,
      privileged: hook.privileged,
    });
  const before = subject.events().length;
  const began = performance.now();
  await container.stop(graceSecondsOf(plan));
  const measuredMs = performance.now() - began;
  return endingFrom(subject.events().slice(before), await container.inspect(), measuredMs);
}
