import type { Told } from '../drill.ts';
import type { Lab, World } from '../lab.ts';
import { faultAfter, inBrief, type Serving, serving, toldOf } from './serving.ts';

/**
 * Tries what would be advised, `user: "101:101"`: many images that start as root cannot start as anybody else (nginx makes
 * folders in `/var/cache` first), and who followed the advice would be left without a service.
 */
export async function triedAsUser(lab: Lab, told: Told, user: string, before: Serving): Promise<Told> {
  lab.step(`trying it as user ${user}`);
  const world = await lab.world({
    ready: false,
    change: (plan) => ({
      ...plan,
      body: { ...plan.body, User: user, HostConfig: { ...plan.body.HostConfig, RestartPolicy: { Name: 'no' } } },
    }),
  });
  const after = await servedThere(lab, world, before);
  const fault = faultAfter(before, after);
  const name = `with user: "${user}"`;
  const evidence = [...(told.evidence ?? []), { name, value: fault ?? toldOf(after) }];
  if (fault === undefined) return { ...told, evidence };
  return {
    ...told,
    evidence,
    advice: [
      `user: "${user}" alone does not do: ${inBrief(fault)}`,
      'give that user what it writes (chown in the Dockerfile), or take an image made to run without root',
    ],
  };
}

async function servedThere(lab: Lab, world: World, { readyMs = 0 }: Serving): Promise<Serving> {
  const served = await serving(lab, world, Math.max(15_000, 4 * readyMs));
  await world.end();
  return served;
}
