import { text } from '../../../model/compose/tree-access.ts';
import type { Logging } from '../../../model/service.ts';
import { type Answer, weigh } from './answer.ts';
import { ask, composed, faultsOf, type Look, part, servers } from './look.ts';

/** Each service has a limit of memory and of CPU. One-shots and tools too: they share the host while they run. */
export function limits(look: Look): Answer {
  return weigh(
    ask(composed(look), (service) => {
      const memory = (service.memoryLimit?.value ?? 0) > 0;
      const cpu = (service.cpuLimit?.value ?? 0) > 0;
      if (memory && cpu)
        return part(
          look,
          'pass',
          service,
          ['sets a memory and a CPU limit', 'set memory and CPU limits'],
          service.memoryLimit?.span,
        );
      const lacking = memory ? 'CPU limit' : cpu ? 'memory limit' : 'limit of memory or CPU';
      return part(
        look,
        'fail',
        service,
        [`has no ${lacking}`, `have no ${lacking}`],
        service.at('deploy.resources.limits'),
      );
    }),
    'there is no Compose file',
  );
}

/** Limits at run time: a heap that is allowed more than the container has makes the limit a killer. */
export function limitsInForce(look: Look): Answer {
  const heaps = ask(composed(look), (service) => faultsOf(look, service, { ids: ['project/heap-over-limit'] }));
  return heaps.length > 0 ? weigh(heaps, '') : limits(look);
}

/** Each service that keeps running is started again after a crash or a reboot. */
export function restarts(look: Look): Answer {
  const all = composed(look);
  return weigh(
    ask(servers(all), (service) => {
      const policy = service.restart?.value;
      if (policy !== undefined && policy !== 'no')
        return part(look, 'pass', service, ['has a restart policy', 'have restart policies'], service.restart?.span);
      // Compose takes deploy.restart_policy where there is no restart:, and "any" where it states no condition.
      const deployed = service.attribute('deploy.restart_policy');
      if (policy === undefined && deployed && text(service.attribute('deploy.restart_policy.condition')) !== 'none')
        return part(look, 'pass', service, ['has a restart policy', 'have restart policies'], deployed.span);
      return part(
        look,
        'fail',
        service,
        ['stays down after a crash', 'stay down after a crash'],
        service.restart?.span ?? service.at(deployed ? 'deploy.restart_policy' : 'restart'),
      );
    }),
    all.length > 0 ? 'no service keeps running' : 'there is no Compose file',
  );
}

/** Each service's log is bounded on this host, or kept elsewhere. */
export function logging(look: Look): Answer {
  return weigh(
    ask(composed(look), (service) => {
      const kept = keeping(service.logging);
      const at = service.logging?.span ?? service.nameSpan;
      switch (kept) {
        case 'capped':
          return part(look, 'pass', service, ['caps its log files', 'cap their log files'], at);
        case 'elsewhere':
          return part(look, 'pass', service, ['keeps no log files here', 'keep no log files here'], at);
        case 'thrown-away':
          return part(look, 'fail', service, ['throws its log away', 'throw their logs away'], at);
        default:
          return part(look, 'fail', service, ['keeps every log line for ever', 'keep every log line for ever'], at);
      }
    }),
    'there is no Compose file',
  );
}

function keeping(logging: Logging | undefined): 'capped' | 'elsewhere' | 'thrown-away' | 'endless' {
  const driver = logging?.driver?.value || 'json-file';
  if (driver === 'none') return 'thrown-away';
  // "local" rotates by itself, 5 files of 20 MB: https://docs.docker.com/engine/logging/drivers/local/
  if (driver === 'local') return 'capped';
  if (driver !== 'json-file') return 'elsewhere';
  const size = logging?.options.get('max-size')?.value;
  return size !== undefined && /[1-9]/.test(size) && !size.startsWith('-') ? 'capped' : 'endless';
}
