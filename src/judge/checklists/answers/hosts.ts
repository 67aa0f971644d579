import type { Service } from '../../../model/service.ts';
import type { Span } from '../../../vocabulary/span.ts';

export interface NamedHost {
  readonly variable: string;
  /** `db`, `localhost`, `10.0.0.5` */
  readonly host: string;
  readonly span: Span;
}

const most = 2000;

/** Hosts that a service is told of by its environment: `DB_HOST=db`, `redis://cache:6379/0`, `a:9092,b:9092`. */
export function hostsNamed(service: Service): NamedHost[] {
  return [...service.environment.values()].flatMap(({ name, value, keySpan }): NamedHost[] => {
    // Who may call this service, and what it listens on, are not what it calls.
    if (value === undefined || /ORIGIN|CORS|PUBLIC|ALLOWED|TRUSTED|BIND|LISTEN|ADVERTISED/i.test(name)) return [];
    const text = value.slice(0, most);
    const isUrl = text.includes('://') || text.includes('@');
    if (!isUrl && !/HOST|URL|URI|ADDR|DSN|SERVER|BROKER|ENDPOINT|CONN|NODE|SEEDS|BOOTSTRAP|UPSTREAM/i.test(name))
      return [];
    return text.split(/[,;\s]+/).flatMap((one) => {
      const host = hostIn(one);
      return host === undefined ? [] : [{ variable: name, host, span: keySpan }];
    });
  });
}

function hostIn(text: string): string | undefined {
  const authority = text.replace(/^(?:jdbc:)?[a-z][\w+.-]*:\/\//i, '').replace(/[/?#][\s\S]*/, '');
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const inTcp = /^(?:tcp|unix)\((.*)\)$/.exec(host)?.[1] ?? host;
  const named = /^(?:(?:Host|Server|Data Source)=)?([A-Za-z0-9][\w.-]*?)(?::\d+)?$/i.exec(inTcp)?.[1];
  return named?.toLowerCase();
}
