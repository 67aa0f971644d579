import type { ServicePlan } from '../../stack/plan.ts';

export interface RestartPolicy {
  readonly name: 'no' | 'always' | 'unless-stopped' | 'on-failure';
  /** How many restarts `on-failure` allows in all; undefined where there is no limit. */
  readonly most: number | undefined;
  /** As the file writes it: `on-failure:5`. */
  readonly written: string;
}

/** As the engine gets it; what is absent or empty is `no`. */
export function restartPolicyOf({ body }: ServicePlan): RestartPolicy {
  const { Name = '', MaximumRetryCount = 0 } = body.HostConfig.RestartPolicy ?? { Name: '' };
  const name = Name === 'always' || Name === 'unless-stopped' || Name === 'on-failure' ? Name : 'no';
  const most = name === 'on-failure' && MaximumRetryCount > 0 ? MaximumRetryCount : undefined;
  return { name, most, written: most === undefined ? name : `${name}:${most}` };
}
