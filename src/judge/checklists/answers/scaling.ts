import type { Service } from '../../../model/service.ts';
import { isWithin } from '../../../read/paths.ts';
import { type Answer, weigh } from './answer.ts';
import { ask, composed, isStore, type Look, part, servers } from './look.ts';

/** Each service built here says how many of it run, and nothing forbids that many. */
export function scaling(look: Look): Answer {
  const all = composed(look);
  return weigh(
    ask(servers(all), (service) => {
      if (!service.build) return undefined;
      const { value, span } = service.replicas;
      if (!span)
        return part(
          look,
          'fail',
          service,
          ['does not say how many of it run', 'do not say how many of them run'],
          service.nameSpan,
        );
      const hindrance = value > 1 ? hindered(service) : undefined;
      return hindrance
        ? part(look, 'fail', service, `: ${value} are asked for, but ${hindrance.why}`, hindrance.at)
        : part(look, 'pass', service, ['says how many of it run', 'say how many of them run'], span);
    }),
    all.length === 0 ? 'there is no Compose file' : 'no service that keeps running is built here',
  );
}

/** Nothing stops a second copy of an app. */
export function concurrency(look: Look): Answer {
  const all = composed(look);
  return weigh(
    ask(servers(all), (service) => {
      if (isStore(service) || service.role.kind === 'proxy' || service.role.kind === 'monitoring') return undefined;
      const hindrance = hindered(service);
      return hindrance
        ? part(look, 'fail', service, `: ${hindrance.why}, so a second copy cannot start`, hindrance.at)
        : part(look, 'pass', service, ['can run more than once', 'can run more than once'], service.nameSpan);
    }),
    all.length === 0 ? 'there is no Compose file' : 'no app runs here',
  );
}

function hindered(service: Service) {
  const name = service.attribute('container_name');
  if (name) return { why: 'container_name is taken by the first', at: service.at('container_name') };
  const fixed = service.ports.find(
    ({ published }) => published !== undefined && /^\d+$/.test(published) && published !== '0',
  );
  if (fixed) return { why: `port ${fixed.published} of the host is taken by the first`, at: fixed.span };
  const { facts } = service.image;
  const writer =
    facts?.singleWriter &&
    service.mounts.find(
      ({ readOnly, target }) => !readOnly && facts.dataDir !== undefined && isWithin(facts.dataDir, target),
    );
  return writer ? { why: 'only one may write to its volume', at: writer.span } : undefined;
}
