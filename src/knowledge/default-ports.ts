import { lazily } from '../vocabulary/lazily.ts';
import type { ImageFacts, ImageKind } from './image-facts.ts';

/** What usually listens on a port. */
export interface ServicePort {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly service: string;
  readonly kind: ImageKind | 'administration' | 'docker' | 'remote-login';
  /** Should hardly ever be reached from outside: data, or control without a strong login. */
  readonly internal: boolean;
}

type Row = readonly [port: number, service: string, kind: ServicePort['kind'], internal: boolean, protocol?: 'udp'];

// Sources: IANA's registry of service names, and the EXPOSE lines of the images in `images/`.
const rows = (): readonly Row[] => [
  [21, 'FTP', 'app', true],
  [22, 'SSH', 'remote-login', true],
  [23, 'Telnet', 'remote-login', true],
  [25, 'SMTP', 'app', false],
  [53, 'DNS', 'app', false],
  [80, 'HTTP', 'web', false],
  [389, 'LDAP', 'database', true],
  [443, 'HTTPS', 'web', false],
  [465, 'SMTP over TLS', 'app', false],
  [587, 'mail submission', 'app', false],
  [636, 'LDAP over TLS', 'database', true],
  [873, 'rsync', 'app', true],
  [1025, 'a mail catcher', 'app', true],
  [1433, 'SQL Server', 'database', true],
  [1521, 'Oracle Database', 'database', true],
  [1883, 'MQTT without TLS', 'queue', true],
  [2019, "Caddy's administration API", 'administration', true],
  [2049, 'NFS', 'app', true],
  [2181, 'ZooKeeper', 'queue', true],
  [2375, 'the Docker API without TLS', 'docker', true],
  [2376, 'the Docker API', 'docker', true],
  [2377, 'Docker Swarm', 'docker', true],
  [2379, 'etcd', 'database', true],
  [2380, 'etcd peers', 'database', true],
  [3306, 'MySQL or MariaDB', 'database', true],
  [33060, 'MySQL X', 'database', true],
  [3389, 'remote desktop', 'remote-login', true],
  [4222, 'NATS', 'queue', true],
  [4369, 'the Erlang port mapper', 'queue', true],
  [5432, 'PostgreSQL', 'database', true],
  [5601, 'Kibana', 'monitoring', true],
  [5672, 'AMQP (RabbitMQ)', 'queue', true],
  [5671, 'AMQP over TLS', 'queue', true],
  [5900, 'VNC', 'remote-login', true],
  [5984, 'CouchDB', 'database', true],
  [6333, 'Qdrant', 'database', true],
  [6334, 'Qdrant gRPC', 'database', true],
  [6379, 'Redis or Valkey', 'cache', true],
  [6380, 'Redis over TLS', 'cache', true],
  [6443, 'the Kubernetes API', 'administration', true],
  [7000, 'Cassandra peers', 'database', true],
  [7474, 'Neo4j over HTTP', 'database', true],
  [7687, 'Neo4j', 'database', true],
  [7700, 'Meilisearch', 'search', true],
  [8086, 'InfluxDB', 'database', true],
  [8123, 'ClickHouse over HTTP', 'database', true],
  [8125, 'StatsD', 'monitoring', true, 'udp'],
  [8161, "ActiveMQ's console", 'administration', true],
  [8200, 'Vault', 'administration', true],
  [8222, "NATS' monitoring", 'monitoring', true],
  [8428, 'VictoriaMetrics', 'database', true],
  [8500, 'Consul', 'administration', true],
  [8883, 'MQTT over TLS', 'queue', false],
  [8983, 'Solr', 'search', true],
  [9042, 'Cassandra', 'database', true],
  [9090, 'Prometheus', 'monitoring', true],
  [9092, 'Kafka', 'queue', true],
  [9093, 'Alertmanager', 'monitoring', true],
  [9100, 'node exporter', 'monitoring', true],
  [9121, 'Redis exporter', 'monitoring', true],
  [9187, 'PostgreSQL exporter', 'monitoring', true],
  [9200, 'Elasticsearch or OpenSearch', 'search', true],
  [9300, 'Elasticsearch peers', 'search', true],
  [9411, 'Zipkin', 'monitoring', true],
  [11211, 'memcached', 'cache', true],
  [11434, 'Ollama', 'app', true],
  [15672, "RabbitMQ's management", 'administration', true],
  [15692, "RabbitMQ's metrics", 'monitoring', true],
  [16686, 'Jaeger', 'monitoring', true],
  [19530, 'Milvus', 'database', true],
  [26257, 'CockroachDB', 'database', true],
  [27017, 'MongoDB', 'database', true],
  [28015, 'RethinkDB', 'database', true],
  [61616, 'ActiveMQ', 'queue', true],
];

const byPort = lazily(() => {
  const ports = new Map<number, ServicePort>();
  for (const [port, service, kind, internal, protocol] of rows())
    ports.set(port, { port, protocol: protocol ?? 'tcp', service, kind, internal });
  return ports;
});

/** What a container port is known for; undefined for ports that mean nothing by themselves (3000, 8080, 9000). */
export function servicePort(port: number): ServicePort | undefined {
  return byPort().get(port);
}

/** The TCP ports that an image listens on as it comes, lowest first. */
export function defaultPorts(facts: ImageFacts): readonly number[] {
  const ports = (facts.exposedPorts ?? [])
    .filter((port) => port.endsWith('/tcp'))
    .map((port) => Number.parseInt(port, 10));
  return ports.sort((first, second) => first - second);
}
