import { apps } from './apps.ts';
import { databases } from './databases.ts';
import { distributions } from './distributions.ts';
import { distrolessEnds } from './distroless.ts';
import { java } from './java.ts';
import { languages } from './languages.ts';
import type { Product } from './product.ts';
import { servers } from './servers.ts';

/** The tables and the products in them, so that only the table asked for is built. A test compares keys and tables. */
export const productTables: readonly {
  readonly keys: readonly string[];
  readonly products: () => readonly Product[];
}[] = [
  {
    keys: [
      'debian',
      'ubuntu',
      'alpine',
      'centos',
      'centos-stream',
      'rockylinux',
      'almalinux',
      'amazonlinux',
      'fedora',
      'oraclelinux',
    ],
    products: distributions,
  },
  {
    keys: ['node', 'python', 'go', 'php', 'ruby', 'rust', 'dotnet', 'bun', 'deno', 'erlang', 'elixir', 'perl'],
    products: languages,
  },
  {
    keys: [
      'eclipse-temurin',
      'amazon-corretto',
      'azul-zulu',
      'sapmachine',
      'microsoft-openjdk',
      'graalvm-ce',
      'tomcat',
    ],
    products: java,
  },
  {
    keys: [
      'postgres',
      'mysql',
      'mariadb',
      'mongodb',
      'redis',
      'valkey',
      'memcached',
      'cassandra',
      'couchdb',
      'influxdb',
      'neo4j',
      'clickhouse',
      'elasticsearch',
      'kibana',
      'logstash',
      'opensearch',
      'solr',
    ],
    products: databases,
  },
  {
    keys: [
      'nginx',
      'httpd',
      'haproxy',
      'traefik',
      'caddy',
      'kong',
      'rabbitmq',
      'kafka',
      'zookeeper',
      'grafana',
      'prometheus',
      'docker-engine',
    ],
    products: servers,
  },
  {
    keys: [
      'wordpress',
      'drupal',
      'joomla',
      'nextcloud',
      'keycloak',
      'phpmyadmin',
      'sonarqube-community',
      'jenkins',
      'vault',
      'consul',
    ],
    products: apps,
  },
  { keys: ['distroless'], products: distrolessEnds },
];

const built = new Map<string, Product>();

export function productOf(key: string): Product | undefined {
  if (!built.has(key)) {
    const table = productTables.find(({ keys }) => keys.includes(key));
    for (const product of table?.products() ?? []) built.set(product.key, product);
  }
  return built.get(key);
}
