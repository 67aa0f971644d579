import type { ContainerState } from '../../engine/container.ts';
import type { EngineInfo } from '../../engine/engine.ts';
import type { HealthPace } from './health-pace.ts';

/** What a machine that is busy may need to start the first probe and tell of it. */
const marginMs = 5000;

/**
 * Why there is no more to wait for: the first probe, due one interval after the start, was never made. Podman has no
 * scheduler of its own but makes a systemd timer of each health check; where systemd does not run, it stays `starting` for
 * ever, and says so only in its own log (measured with 4.3.1). Undefined while a probe may still come.
 */
export function unscheduled(
  { isPodman, name, version }: EngineInfo,
  { status, startedAt, health }: ContainerState,
  { intervalMs, timeoutMs }: HealthPace,
  now = Date.now(),
): string | undefined {
  if (!isPodman || status !== 'running' || health?.status !== 'starting' || health.log.length > 0) return undefined;
  const ms = now - Date.parse(startedAt);
  if (!(ms > intervalMs + timeoutMs + marginMs)) return undefined;
  return `${name} ${version} made no probe in ${Math.round(ms / 1000)} s: it leaves health checks to systemd, and none are run here`;
}
