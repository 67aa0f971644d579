import type { Project } from '../../model/project.ts';
import type { StackPlan } from '../../stack/plan.ts';
import type { StandIn } from '../../vocabulary/drill.ts';

export type Copy = never;

/** In the making. */
export function isolate(
  plan: StackPlan,
  _project: Project,
  { runId }: { runId: string },
): {
  plan: StackPlan;
  standIns: StandIn[];
  refused: Map<string, string>;
  copies: Copy[];
} {
  const services = plan.services.map((service) => {
    const ports = service.body.HostConfig.PortBindings ?? {};
    const PortBindings = Object.fromEntries(
      Object.keys(ports).map((key) => [key, [{ HostIp: '127.0.0.1', HostPort: '' }]]),
    );
    const name = service.image.build ? `seaworthy-drill-${runId}-${service.name}` : service.image.name;
    return {
      ...service,
      image: {
        ...service.image,
        name,
        pull: service.image.pull === 'always' ? ('missing' as const) : service.image.pull,
      },
      body: { ...service.body, Image: name, HostConfig: { ...service.body.HostConfig, PortBindings } },
    };
  });
  return { plan: { ...plan, services }, standIns: [], refused: new Map(), copies: [] };
}
