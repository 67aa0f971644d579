import type { StackPlan } from '../../stack/plan.ts';

/** In the making. */
export function inWorld(plan: StackPlan, world: string, services: ReadonlySet<string>): StackPlan {
  const named = (name: string) => name.replace(plan.project, world);
  const text = JSON.stringify({ ...plan, services: plan.services.filter(({ name }) => services.has(name)) });
  const copy: StackPlan = JSON.parse(text);
  return {
    ...copy,
    networks: copy.networks.map((one) => ({ ...one, name: named(one.name) })),
    volumes: copy.volumes.map((one) => ({ ...one, name: named(one.name) })),
    services: copy.services.map((one) => ({
      ...one,
      containerNames: one.containerNames.slice(0, 1).map((name) => `${world}-${name}`),
      networks: one.networks.map((network) => ({ ...network, name: named(network.name) })),
      body: {
        ...one.body,
        HostConfig: JSON.parse(JSON.stringify(one.body.HostConfig).replaceAll(`${plan.project}_`, `${world}_`)),
      },
    })),
  };
}
