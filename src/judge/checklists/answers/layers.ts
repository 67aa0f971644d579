import type { Service } from '../../../model/service.ts';
import { languageSteps, packageSteps } from '../../../rules/steps.ts';
import { type Answer, type Part, weigh } from './answer.ts';
import { ask, built, imageFaults, type Look, part } from './look.ts';

/** No RUN repeats or undoes an earlier one. */
export function fewLayers(look: Look): Answer {
  const named = { ids: ['dockerfile/update-alone'], anySeverity: true };
  return weigh(
    ask(built(look), (service) => {
      const faults = [...imageFaults(look, service, named), ...repeated(look, service)];
      return faults.length > 0
        ? faults
        : part(look, 'pass', service, ': no RUN repeats or undoes an earlier one', service.image.stage?.from.span);
    }),
    'no image is built here',
  );
}

function repeated(look: Look, service: Service): Part[] {
  const dockerfile = service.build?.dockerfile;
  if (!dockerfile) return [];
  const installing = new Set<string>();
  return packageSteps(dockerfile, 'image').flatMap(({ step, runs }): Part[] => {
    const install = runs.find(({ verb }) => verb === 'install');
    const removal = runs.find(({ verb }) => verb === 'remove');
    const again = install && installing.has(install.manager);
    const late = !install && removal && installing.has(removal.manager);
    for (const { verb, manager } of runs) if (verb === 'install') installing.add(manager);
    if (again)
      return [
        part(look, 'fail', service, `: ${install.program} installs in one RUN after another`, step.instruction.span),
      ];
    return late
      ? [
          part(
            look,
            'fail',
            service,
            `: ${removal.program} removes in a later layer what an earlier one keeps`,
            step.instruction.span,
          ),
        ]
      : [];
  });
}

/** What fills a package manager's cache empties it. */
export function cleanedUp(look: Look): Answer {
  const named = {
    ids: [
      'dockerfile/apk-cache',
      'dockerfile/apt-lists-left',
      'dockerfile/node-cache-left',
      'dockerfile/package-cache-left',
      'dockerfile/pip-cache',
    ],
    anySeverity: true,
  };
  return weigh(
    ask(built(look), (service) => {
      const faults = imageFaults(look, service, named);
      if (faults.length > 0) return faults;
      const { dockerfile } = service.build ?? {};
      if (!dockerfile) return undefined;
      const first = [...packageSteps(dockerfile, 'image'), ...languageSteps(dockerfile, 'image')][0];
      return (
        first &&
        part(
          look,
          'pass',
          service,
          ['cleans up in the RUN that installs', 'clean up in the RUN that installs'],
          first.step.instruction.span,
        )
      );
    }),
    built(look).length > 0 ? 'nothing is installed in the image itself' : 'no image is built here',
  );
}
