import type { ServicePlan } from '../../stack/plan.ts';

/** A server that a service's environment leads it to, and that keeps something: a database, a queue, a mail server. */
export interface DataHost {
  readonly variable: string;
  /** Name or address. */
  readonly host: string;
  /** The name is looked up by SRV records, which lead to further names. */
  readonly isService: boolean;
}

const schemes =
  'postgres|postgresql|pgsql|psql|cockroachdb|timescaledb|mysql|mysql2|mysqlx|mariadb|mongodb|redis|rediss|valkey|valkeys|amqp|amqps|kafka|nats|mqtt|mqtts|mssql|sqlserver|oracle|clickhouse|cassandra|scylladb|couchbase|couchbases|neo4j|bolt|elasticsearch|opensearch|memcached|memcache|etcd|ldap|ldaps|smtp|smtps|beanstalkd|stomp|pulsar|surrealdb';
const names =
  'DB|DATABASE|POSTGRES|POSTGRESQL|PG|MYSQL|MARIADB|MONGO|MONGODB|REDIS|VALKEY|RABBIT|RABBITMQ|AMQP|KAFKA|NATS|MQTT|MSSQL|SQLSERVER|ORACLE|CLICKHOUSE|CASSANDRA|NEO4J|ELASTIC|ELASTICSEARCH|OPENSEARCH|MEMCACHED|ETCD|LDAP|SMTP|MAIL|EMAIL|CACHE|QUEUE|BROKER|MYSQLHOST|PGHOST';

/** `postgres+asyncpg://user:password@host:5432,other/name`, `jdbc:mysql://host/name`. */
const url = new RegExp(`(?<![a-z0-9])(?:${schemes})(?:\\+[a-z0-9_]+)*://(?:[^@/\\s]*@)?([^/\\s?#;"']*)`, 'gi');
/** `DB_HOST`, `SPRING_RABBITMQ_HOST`, `PGHOST`, `KAFKA_BOOTSTRAP_SERVERS`. */
const hostName = new RegExp(
  `(?:^PGHOST$|^MYSQLHOST$|(?:^|_)(?:${names})_(?:\\w+_)?(?:HOST|HOSTS|HOSTNAME|SERVER|SERVERS|ADDR|ADDRESS|BROKERS?|ENDPOINT|NODES)$)`,
  'i',
);
/** `user:password@tcp(host:3306)/name` of Go, `host=db dbname=x` of libpq, `Server=db;Database=x` of .NET, Oracle's thin. */
const written = [
  /@tcp\(([^)]*)\)/gi,
  /\bhost=([^\s;'"]+)(?=.*\bdbname=)/gi,
  /\bdbname=.*\bhost=([^\s;'"]+)/gi,
  /(?:^|;)\s*(?:server|data source|host)=(?:tcp:)?([^;,]+)(?=.*(?:database|initial catalog)=)/gi,
  /jdbc:oracle:thin:[^@]*@(?:\/\/)?([^/:\s]+)/gi,
];

/** Those that the environment of a plan names; values that only the image or a secret holds are not seen. */
export function dataHosts({ body: { Env = [] } }: ServicePlan): DataHost[] {
  const found: DataHost[] = [];
  for (const line of Env) {
    const equals = line.indexOf('=');
    if (equals === -1) continue;
    const variable = line.slice(0, equals);
    const value = line.slice(equals + 1, equals + 4000);
    const lists = [url, ...written].flatMap((pattern) => [...value.matchAll(pattern)].map(([, hosts = '']) => hosts));
    if (hostName.test(variable)) lists.push(value);
    const isService = /\+srv:\/\//i.test(value);
    for (const host of new Set(lists.flatMap(hostsIn))) found.push({ variable, host, isService });
  }
  return found;
}

/** `a:5432,b`, `[::1]:27017`, `["http://a:9200"]`; what is no host (a placeholder, a path, a switch) is left out. */
function hostsIn(list: string): string[] {
  const plain = list.includes('"') ? list.replace(/["[\]]/g, '') : list;
  return plain.split(',').flatMap((one) => {
    const trimmed = one.trim().replace(/^[a-z]+:\/\//i, '');
    const six = /^\[([0-9a-f:.]+)\](?::\d+)?$/i.exec(trimmed)?.[1];
    if (six !== undefined) return [six.toLowerCase()];
    const name = /^([\w.-]+?)\.?(?::\d+)?(?:\/.*)?$/.exec(trimmed)?.[1]?.toLowerCase();
    return name === undefined || /^(?:\d+|true|false|yes|no|on|off|none|null|default|auto)$/.test(name) ? [] : [name];
  });
}
