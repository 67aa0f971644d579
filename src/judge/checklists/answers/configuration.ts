import type { Service } from '../../../model/service.ts';
import { type Answer, notAsked, type Part, staysOpen, weigh } from './answer.ts';
import { ask, built, faultsOf, type Look, part } from './look.ts';

import { inImage } from './secrets.ts';
/** Configuration in the environment, not in the image. */
export function configuration(look: Look): Answer {
  const faults = ask(look.services, (service) => [
    ...faultsOf(look, service, { ids: [...inImage, 'project/development-mode'] }),
    ...bakedAddresses(look, service),
    ...copiedEnvFiles(look, service),
  ]);
  if (faults.length > 0) return weigh(faults, '');
  if (built(look).length === 0) return notAsked('no image is built here');
  if (!look.services.some(({ compose }) => compose))
    return staysOpen('no Compose file shows where the image gets its configuration from');
  return weigh(
    ask(built(look), (service) => {
      if (!service.compose) return undefined;
      const given = [...service.environment.values()].find(({ from }) => from !== 'dockerfile');
      const at = given?.keySpan ?? service.secrets[0]?.span ?? service.attribute('configs')?.span;
      return at
        ? part(
            look,
            'pass',
            service,
            ['gets its configuration when it starts', 'get their configuration when they start'],
            at,
          )
        : part(look, 'open', service, ': nothing shows where it gets its configuration from');
    }),
    'no image is built here',
  );
}

/** `ENV DATABASE_HOST=db.example.com`: the image is good for one place only. */
function bakedAddresses(look: Look, service: Service): Part[] {
  return [...service.image.environment].flatMap(([name, fact]) => {
    if (fact.from.kind !== 'file' || !/(?:^|_)(?:HOST|HOSTNAME|URL|URI|DSN|ENDPOINT|SERVER)$/.test(name)) return [];
    const host = /^(?:[a-z][\w+.-]*:\/\/)?(?:[^@/\s]*@)?([\w.-]+)/i.exec(fact.value)?.[1] ?? '';
    // An address to listen on is the same everywhere.
    if (!/[a-z]/i.test(host) || /^(?:localhost|ip6-localhost)$/i.test(host) || /^(?:unix|file|sqlite\w*)$/i.test(host))
      return [];
    if (/^(?:HOST|HOSTNAME)$/.test(name)) return [];
    return [part(look, 'fail', service, `: ${name} is written into the image`, fact.from.span)];
  });
}

function copiedEnvFiles(look: Look, service: Service): Part[] {
  return service.image.files.flatMap(({ kind, source, fromStage, span }) =>
    (kind === 'copy' || kind === 'add') &&
    fromStage === undefined &&
    /(?:^|\/)\.env(?:\.(?:prod|production|staging|local))?$/.test(source ?? '')
      ? [part(look, 'fail', service, `: ${source} is copied into the image`, span)]
      : [],
  );
}
