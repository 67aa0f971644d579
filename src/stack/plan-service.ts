import type { Service } from '../model/service.ts';
import type { Asked } from './asked.ts';
import { containerBody } from './container-body.ts';
import { endpoints } from './endpoints.ts';
import { hookPlans } from './hook-plans.ts';
import { imagePlan } from './image-plan.ts';
import { placedFiles } from './placed-files.ts';
import type { DependencyPlan, ServicePlan } from './plan.ts';
import { refuse } from './refusals.ts';
import { numberAt, textAt } from './values.ts';

/** Docker's, where neither file nor image says another. */
const defaultGraceMs = 10_000;

/** One service as a request. Throws `unsupported` for what it asks and cannot have. */
export function planService(
  asked: Asked,
  service: Service,
  dependsOn: readonly DependencyPlan[],
  absolute: (path: string) => string,
): ServicePlan {
  refuse(asked);
  const image = imagePlan(asked, service, absolute);
  const networks = endpoints(asked);
  const placed = placedFiles(asked);
  return {
    name: asked.name,
    span: service.nameSpan,
    containerNames: containerNames(asked),
    image,
    body: containerBody(asked, image.name, networks, placed.mounts),
    networks,
    files: placed.files,
    dependsOn,
    postStart: hookPlans(asked.node, 'post_start'),
    preStop: hookPlans(asked.node, 'pre_stop'),
    stopSignal: service.stopSignal?.value,
    stopGraceMs: service.stopGraceMs?.value ?? defaultGraceMs,
  };
}

function containerNames(asked: Asked): string[] {
  const fixed = textAt(asked.node, 'container_name');
  const count = numberAt(asked.node, 'deploy.replicas') ?? numberAt(asked.node, 'scale') ?? 1;
  if (fixed !== undefined && count > 0) return [fixed];
  return Array.from({ length: count }, (_, index) => `${asked.project}-${asked.name}-${index + 1}`);
}
