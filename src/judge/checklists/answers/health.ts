import { programOf } from '../../../model/image/programs.ts';
import type { Service } from '../../../model/service.ts';
import { mainCommand } from '../../../model/service-role.ts';
import { isWithin } from '../../../read/paths.ts';
import { ownTest, type Test } from '../../../rules/probe.ts';
import { type Answer, type Part, weigh } from './answer.ts';
import { ask, built, faultsOf, type Look, part, servers } from './look.ts';

const broken = [
  'project/healthcheck-always-passes',
  'project/healthcheck-fooled',
  'project/healthcheck-localhost',
  'project/healthcheck-needs-shell',
  'project/healthcheck-never-runs',
  'project/healthcheck-tool-missing',
  'project/healthcheck-wrong-port',
];
const builtIn = new Set(
  '[ [[ test exit true false : echo read kill set printf exec return cd export command eval trap wait if'.split(' '),
);

const basics = new Set(
  'cat cut date dirname echo env expr find grep egrep head ls ps sed sh sleep stat tail tr wc'.split(' '),
);

/** Each service that keeps running has a health check that can work in its image. */
export function health(look: Look): Answer {
  return weigh(
    ask(servers(look.services), (service) => checked(look, service)),
    look.services.length > 0 ? 'no service keeps running' : 'there is no service',
  );
}

/** The same of images built here; Compose may bring the check. */
export function imageHealth(look: Look): Answer {
  return weigh(
    ask(servers(built(look)), (service) => checked(look, service)),
    built(look).length > 0 ? 'no image built here keeps running' : 'no image is built here',
  );
}

function checked(look: Look, service: Service): Part | readonly Part[] {
  const { healthcheck } = service;
  const missingAt = service.image.stage?.from.span ?? service.at('healthcheck');
  switch (healthcheck.kind) {
    case 'none':
      return part(look, 'fail', service, ['has no health check', 'have no health check'], missingAt);
    case 'disabled':
      return part(
        look,
        'fail',
        service,
        ['has its health check switched off', 'have their health checks switched off'],
        healthcheck.span,
      );
    case 'unknown':
      return part(look, 'open', service, ': nothing says whether the image has a health check');
    case 'test': {
      const faults = faultsOf(look, service, { ids: broken });
      if (faults.length > 0) return faults;
      const test = ownTest(service);
      const doubt = test && missingTool(service, test);
      if (doubt)
        return part(
          look,
          doubt.state,
          service,
          `: the health check calls ${doubt.tool}, and ${doubt.because}`,
          healthcheck.span,
        );
      return part(look, 'pass', service, ['has a health check', 'have health checks'], healthcheck.span);
    }
  }
}

/** The first program of the check that is not known to be there. */
function missingTool(
  service: Service,
  test: Test,
): { state: 'fail' | 'open'; tool: string; because: string } | undefined {
  const { image } = service;
  if (test.test.form === 'shell' && image.shell === 'no')
    return { state: 'fail', tool: 'a shell', because: 'the image has none' };
  let doubt: { state: 'open'; tool: string; because: string } | undefined;
  for (const command of test.commands) {
    const { name, path } = programOf(command);
    if (name === undefined || builtIn.has(name) || isOwn(service, name, path?.text ?? name)) continue;
    // Every distribution that has a shell has these, busybox too.
    if (image.shell === 'yes' && basics.has(name)) continue;
    const { presence, because } = image.software.has(path?.text.startsWith('/') ? path.text : name);
    if (presence === 'no') return { state: 'fail', tool: name, because };
    if (presence === 'unknown') doubt ??= { state: 'open', tool: name, because };
  }
  return doubt;
}

/** The image's own program, or a file that a line of the Dockerfile puts there. */
function isOwn(service: Service, name: string, path: string): boolean {
  if (mainCommand(service.process.commands)?.name === name) return true;
  if (service.image.facts?.probe?.test.some((word) => word === name || word.startsWith(`${name} `))) return true;
  // A relative path starts at the working directory.
  const full = path.startsWith('/')
    ? path
    : path.includes('/')
      ? `${service.workdir?.value ?? ''}/${path.replace(/^\.\//, '')}`
      : undefined;
  if (full === undefined) return service.image.files.some((effect) => effect.path.endsWith(`/bin/${name}`));
  return (
    service.image.files.some(
      ({ kind, path: there }) => ['copy', 'add', 'create'].includes(kind) && isWithin(full, there),
    ) || service.mounts.some(({ target }) => isWithin(full, target))
  );
}
