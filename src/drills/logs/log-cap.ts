import { field } from '../../engine/endpoint.ts';
import type { ServicePlan } from '../../stack/plan.ts';
import { parseBytes } from '../../vocabulary/bytes.ts';

/** What a driver keeps without being told (Docker's documentation of it). */
export const ownCaps: ReadonlyMap<string, { readonly size: string; readonly files: number }> = new Map([
  ['local', { size: '20m', files: 5 }],
]);

/** As the engine has it; Podman's answer leaves the options out (`Config: null`, 4.3.1), so they are those that it was given. */
export function logConfig(
  raw: Readonly<Record<string, unknown>>,
  { body }: ServicePlan,
): {
  driver: string;
  options: Readonly<Record<string, string>>;
} {
  const config = field(field(raw, 'HostConfig'), 'LogConfig');
  const options = field(config, 'Config') ?? body.HostConfig.LogConfig?.Config;
  return {
    driver: String(field(config, 'Type') ?? ''),
    options:
      typeof options === 'object' && options !== null
        ? Object.fromEntries(Object.entries(options).map(([name, value]) => [name, String(value)]))
        : {},
  };
}

export function capOf({ body }: ServicePlan): number | undefined {
  const { Type = '', Config = {} } = body.HostConfig.LogConfig ?? {};
  const own = ownCaps.get(Type);
  const size = parseBytes(Config['max-size'] ?? own?.size ?? '');
  return size === undefined ? undefined : size * Number(Config['max-file'] ?? own?.files ?? 1);
}

/** The same number of files, of a megabyte each. */
export function smaller(plan: ServicePlan): ServicePlan {
  const { LogConfig } = plan.body.HostConfig;
  if (!LogConfig) return plan;
  const Config = { ...LogConfig.Config, 'max-size': '1m' };
  return {
    ...plan,
    body: { ...plan.body, HostConfig: { ...plan.body.HostConfig, LogConfig: { ...LogConfig, Config } } },
  };
}
