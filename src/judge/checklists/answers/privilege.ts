import { factConfidence } from '../../../knowledge/image-facts.ts';
import { itemsOf } from '../../../model/compose/tree-access.ts';
import { placesNginxLeaves } from '../../../model/nginx-writes.ts';
import type { Service } from '../../../model/service.ts';
import { isWithin } from '../../../read/paths.ts';
import { spanOfFact } from '../../../vocabulary/fact.ts';
import { plainPath } from '../../../vocabulary/path-end.ts';
import { type Answer, type Part, weigh } from './answer.ts';
import { ask, built, composed, faultsOf, type Look, part } from './look.ts';

/** Each service runs as somebody else than root. */
export function nonRoot(look: Look): Answer {
  return weigh(
    ask(look.services, (service) => asWhom(look, service)),
    'there is no service',
  );
}

/** The same of images built here. */
export function nonRootImage(look: Look): Answer {
  return weigh(
    ask(built(look), (service) => asWhom(look, service)),
    'no image is built here',
  );
}

function asWhom(look: Look, service: Service): Part {
  const at = spanOfFact(service.user);
  switch (service.user?.sure === 'guess' ? 'unknown' : service.privilege) {
    case 'non-root': {
      const byCompose =
        service.compose !== undefined && at !== undefined && at.file !== service.build?.dockerfile?.file;
      return byCompose && service.build
        ? part(
            look,
            'pass',
            service,
            ['does not run as root, by "user:" in Compose', 'do not run as root, by "user:" in Compose'],
            at,
          )
        : part(look, 'pass', service, ['does not run as root', 'do not run as root'], at);
    }
    case 'steps-down': {
      const to = service.image.facts?.stepsDown?.to ?? 'another user';
      const words = `as root and ${'%'} down to "${to}" by the image's own entrypoint`;
      return part(look, 'pass', service, [
        `starts ${words.replace('%', 'steps')}`,
        `start ${words.replace('%', 'step')}`,
      ]);
    }
    case 'root':
      return part(look, 'fail', service, ['runs as root', 'run as root'], at ?? missingUserAt(service));
    default:
      return part(look, 'open', service, ': nothing says which user the image starts as');
  }
}

function missingUserAt(service: Service) {
  return service.image.stage?.from.span ?? service.at('user');
}

/** Each root filesystem is read-only, and what the image writes has a place elsewhere. */
export function readOnlyRoot(look: Look): Answer {
  return weigh(
    ask(composed(look), (service) => {
      if (service.readOnly?.value !== true)
        return part(
          look,
          'fail',
          service,
          ['can write to its root filesystem', 'can write to their root filesystems'],
          service.at('read_only'),
        );
      const { facts } = service.image;
      const left = facts?.image === 'nginx' ? placesNginxLeaves(look.project.files, service) : [];
      const homeless = (facts?.writes ?? []).filter((path) => !left.includes(path) && !hasPlace(service, path));
      const [first] = homeless;
      if (!facts || first === undefined)
        return part(
          look,
          'pass',
          service,
          ['has a read-only root filesystem', 'have read-only root filesystems'],
          service.readOnly.span,
        );
      // Its own configuration or command may have it write elsewhere.
      const asItComes = !service.build && !service.attribute('command') && !isConfigured(service);
      const sure = asItComes && factConfidence(facts, 'writes') === 'certain';
      return part(
        look,
        sure ? 'fail' : 'open',
        service,
        sure
          ? `: its root is read-only and nothing is mounted on ${first}, where it writes`
          : `: its root is read-only; whether it still writes to ${first}, as its image does by itself, shows when it runs`,
        service.readOnly.span,
      );
    }),
    'there is no Compose file',
  );
}

function hasPlace(service: Service, path: string): boolean {
  const places = [
    ...service.tmpfs.map(({ value }) => value.replace(/:[\s\S]*/, '')),
    ...service.mounts.filter(({ readOnly }) => !readOnly).map(({ target }) => target),
  ];
  return places.some((place) => isWithin(real(path), real(place)));
}

/** `/var/run` is a link to `/run` in every distribution. */
function real(path: string): string {
  return plainPath(path.replace(/^\/var\/run(?=\/|$)/, '/run'));
}

function isConfigured(service: Service): boolean {
  return (
    itemsOf(service.attribute('configs')).length > 0 ||
    service.mounts.some(({ target }) => /\.(?:conf|cfg|cnf|ini|ya?ml|toml|json|xml)$|^\/etc\//.test(target))
  );
}

/** Each service drops all capabilities and takes back only harmless ones, or those its image needs. */
export function capabilities(look: Look): Answer {
  const ids = ['compose/dangerous-capability', 'compose/dropped-needed-capability'];
  return weigh(
    ask(composed(look), (service) => {
      if (service.privileged?.value === true)
        return part(
          look,
          'fail',
          service,
          ['is privileged: it has every capability', 'are privileged: they have every capability'],
          service.privileged.span,
        );
      const all = service.capDrop.find(({ value }) => /^(?:cap_)?all$/i.test(value));
      if (!all)
        return part(
          look,
          'fail',
          service,
          ['keeps capabilities that nothing was found to need', 'keep capabilities that nothing was found to need'],
          service.at('cap_drop'),
        );
      const faults = faultsOf(look, service, { ids });
      if (faults.length > 0) return faults;
      const back = service.capAdd.map(({ value }) => value);
      return back.length === 0
        ? part(look, 'pass', service, ['drops all capabilities', 'drop all capabilities'], all.span)
        : part(look, 'pass', service, `: all capabilities dropped, ${back.join(' ')} given back`, all.span);
    }),
    'there is no Compose file',
  );
}
