import type { EnvironmentVariable, Service } from '../model/service.ts';

/** Where a variable sends its service: `postgres://db:5433/app`, `REDIS_HOST=cache`, `KAFKA_BROKERS=kafka:9092`. */
export interface Address {
  readonly variable: EnvironmentVariable;
  /** `postgres`, from a URL. */
  readonly scheme: string | undefined;
  readonly host: string;
  /** As written, or from the variable beside it (`REDIS_PORT`). */
  readonly port: number | undefined;
}

// Longer values are certificates and documents.
const longest = 2000;
const url =
  /^(?:jdbc:)?([a-z][a-z0-9+.-]{0,30}):\/\/(?:[^@/\s]{0,500}@)?([a-z0-9][\w.-]{0,200})(?::(\d{1,5}))?(?=[/?#,]|$)/i;
const hostNames =
  /(?:^|_)(?:HOST|HOSTNAME|SERVER|SERVERS|ADDR|ADDRESS|ENDPOINT|BROKER|BROKERS|BOOTSTRAP_SERVERS|NODES)$/i;

export function addressesOf(service: Service): readonly Address[] {
  const found: Address[] = [];
  for (const variable of service.environment.values()) {
    const { name, value } = variable;
    if (value === undefined || value.length > longest) continue;
    const whole = url.exec(value);
    if (whole?.[2] !== undefined) {
      found.push({ variable, scheme: whole[1]?.toLowerCase(), host: whole[2], port: portOf(whole[3]) });
      continue;
    }
    if (!hostNames.test(name)) continue;
    const bare = /^([a-z0-9][\w.-]{0,200})(?::(\d{1,5}))?$/i.exec(value);
    if (bare?.[1] === undefined) continue;
    const beside = service.environment.get(name.replace(/(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/i, 'PORT'));
    const port = portOf(bare[2]) ?? (beside === variable ? undefined : portOf(beside?.value));
    found.push({ variable, scheme: undefined, host: bare[1], port });
  }
  return found;
}

function portOf(text: string | undefined): number | undefined {
  const port = text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined;
  return port !== undefined && port > 0 && port < 65_536 ? port : undefined;
}
