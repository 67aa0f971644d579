import { fixOf, leftBecause } from '../edit/change.ts';
import { setAttribute } from '../edit/compose.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Cure } from '../vocabulary/fix.ts';

/**
 * Docker's own init (tini) as PID 1: it passes signals on and reaps. In all services of the image, for which the finding
 * is one. https://docs.docker.com/reference/compose-file/services/#init
 */
export function addInit(service: Service, project: Project): Cure {
  const { stage } = service.image;
  const same = project.services.filter(
    (other) =>
      other === service ||
      (stage !== undefined &&
        other.image.stage?.dockerfile.file === stage.dockerfile.file &&
        other.image.stage.index === stage.index &&
        other.init?.value !== true),
  );
  if (same.some(({ compose }) => compose === undefined))
    return leftBecause('whoever starts it must say so: docker run --init, or init: true in Compose');
  return fixOf(
    { title: 'Let an init reap its processes', safety: 'safe', provedBy: 'pid-1' },
    ...same.map((one) => setAttribute(project, one, 'init', true)),
  );
}
