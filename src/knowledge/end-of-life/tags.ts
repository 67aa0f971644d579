import { lazily } from '../../vocabulary/lazily.ts';

/** Where in a tag the version stands: at its front, in its first part that is a version, or after a word (`pg16`). */
export type Place = 'front' | 'anywhere' | { readonly after: string };

export interface TagRule {
  readonly product: string;
  readonly place: Place;
}

const front = (product: string, ...images: string[]) =>
  images.map((image) => [image, { product, place: 'front' }] as const);

/** Which product's version the tag of an image carries. */
const mainProducts = lazily(
  (): ReadonlyMap<string, TagRule> =>
    new Map<string, TagRule>([
      ...front('debian', 'debian', 'bitnami/minideb'),
      ...front('ubuntu', 'ubuntu'),
      ...front('alpine', 'alpine'),
      ...front('centos', 'centos'),
      ...front('rockylinux', 'rockylinux', 'rockylinux/rockylinux'),
      ...front('almalinux', 'almalinux'),
      ...front('amazonlinux', 'amazonlinux'),
      ...front('fedora', 'fedora'),
      ...front('oraclelinux', 'oraclelinux'),
      ['quay.io/centos/centos', { product: 'centos-stream', place: { after: 'stream' } }],
      ...front('node', 'node', 'mhart/alpine-node', 'cimg/node', 'circleci/node'),
      ...front('python', 'python', 'cimg/python', 'circleci/python'),
      ...front('go', 'golang', 'cimg/go', 'circleci/golang'),
      ...front('php', 'php'),
      ...front('ruby', 'ruby', 'cimg/ruby', 'circleci/ruby'),
      ...front('rust', 'rust'),
      ...front('bun', 'oven/bun'),
      ['denoland/deno', { product: 'deno', place: 'anywhere' }],
      ...front('erlang', 'erlang'),
      ...front('elixir', 'elixir'),
      ...front('perl', 'perl'),
      ...front('eclipse-temurin', 'eclipse-temurin'),
      ...front('amazon-corretto', 'amazoncorretto'),
      ...front('azul-zulu', 'azul/zulu-openjdk', 'azul/zulu-openjdk-alpine', 'azul/zulu-openjdk-debian'),
      ...front('sapmachine', 'sapmachine'),
      ...front('microsoft-openjdk', 'mcr.microsoft.com/openjdk/jdk'),
      ...front('graalvm-ce', 'ghcr.io/graalvm/graalvm-community', 'ghcr.io/graalvm/native-image-community'),
      ...front('tomcat', 'tomcat'),
      ...[
        'aspnet',
        'runtime',
        'runtime-deps',
        'sdk',
        'core/aspnet',
        'core/runtime',
        'core/runtime-deps',
        'core/sdk',
      ].flatMap((image) => front('dotnet', `mcr.microsoft.com/dotnet/${image}`)),
      ...front('postgres', 'postgres', 'postgis/postgis'),
      ['pgvector/pgvector', { product: 'postgres', place: { after: 'pg' } }],
      ['timescale/timescaledb', { product: 'postgres', place: { after: 'pg' } }],
      ['timescale/timescaledb-ha', { product: 'postgres', place: { after: 'pg' } }],
      ...front('mysql', 'mysql', 'mysql/mysql-server'),
      ...front('mariadb', 'mariadb'),
      ...front('mongodb', 'mongo', 'mongodb/mongodb-community-server'),
      ...front('redis', 'redis'),
      ...front('valkey', 'valkey/valkey'),
      ...front('memcached', 'memcached'),
      ...front('cassandra', 'cassandra'),
      ...front('couchdb', 'couchdb'),
      ...front('influxdb', 'influxdb'),
      ...front('neo4j', 'neo4j'),
      ...front('clickhouse', 'clickhouse', 'clickhouse/clickhouse-server'),
      ...front('elasticsearch', 'elasticsearch', 'docker.elastic.co/elasticsearch/elasticsearch'),
      ...front('kibana', 'kibana', 'docker.elastic.co/kibana/kibana'),
      ...front('logstash', 'logstash', 'docker.elastic.co/logstash/logstash'),
      ...front('opensearch', 'opensearchproject/opensearch'),
      ...front('solr', 'solr'),
      ...front('nginx', 'nginx', 'nginxinc/nginx-unprivileged', 'ghcr.io/nginx/nginx-unprivileged'),
      ...front('httpd', 'httpd'),
      ...front('haproxy', 'haproxy', 'haproxytech/haproxy-alpine', 'haproxytech/haproxy-debian'),
      ...front('traefik', 'traefik'),
      ...front('caddy', 'caddy'),
      ...front('kong', 'kong', 'kong/kong-gateway'),
      ...front('rabbitmq', 'rabbitmq'),
      ...front('kafka', 'apache/kafka', 'apache/kafka-native'),
      ...front('zookeeper', 'zookeeper'),
      ...front('grafana', 'grafana/grafana', 'grafana/grafana-oss', 'grafana/grafana-enterprise'),
      ...front('prometheus', 'prom/prometheus'),
      ...front('docker-engine', 'docker'),
      ...front('wordpress', 'wordpress'),
      ...front('drupal', 'drupal'),
      ...front('joomla', 'joomla'),
      ...front('nextcloud', 'nextcloud'),
      ...front('keycloak', 'quay.io/keycloak/keycloak', 'keycloak/keycloak'),
      ...front('phpmyadmin', 'phpmyadmin', 'phpmyadmin/phpmyadmin'),
      ...front('sonarqube-community', 'sonarqube'),
      ...front('jenkins', 'jenkins/jenkins'),
      ...front('vault', 'hashicorp/vault', 'vault'),
      ...front('consul', 'hashicorp/consul', 'consul'),
    ]),
);

/** Bitnami's names for products that the official image calls otherwise. */
const bitnamiProducts: Readonly<Record<string, string>> = {
  postgresql: 'postgres',
  'postgresql-repmgr': 'postgres',
  mongodb: 'mongodb',
  apache: 'httpd',
  'redis-cluster': 'redis',
  'redis-sentinel': 'redis',
  'mariadb-galera': 'mariadb',
};

export function mainProduct(name: string): TagRule | undefined {
  const known = mainProducts().get(name);
  if (known) return known;
  const bitnami = /^bitnami(?:legacy)?\/([a-z0-9-]+)$/.exec(name)?.[1];
  if (bitnami === undefined) return undefined;
  const product = Object.hasOwn(bitnamiProducts, bitnami) ? bitnamiProducts[bitnami] : undefined;
  if (product !== undefined) return { product, place: 'front' };
  return mainProducts().get(bitnami) ?? (bitnami === 'kafka' ? { product: 'kafka', place: 'front' } : undefined);
}

/** Words that carry a second product's version wherever they stand: `6.8-php8.1-apache`, `9-jdk17-temurin`. */
export const secondProducts: readonly {
  readonly word: RegExp;
  readonly product: string;
  readonly images: RegExp;
}[] = [
  { word: /^php(\d+\.\d+)$/, product: 'php', images: /^(?:wordpress|nextcloud|drupal|joomla|composer)$/ },
  { word: /^(?:jdk|jre)(\d+)$/, product: 'eclipse-temurin', images: /^(?:tomcat|gradle|jetty|jenkins\/jenkins)$/ },
  { word: /^temurin:(\d+)$/, product: 'eclipse-temurin', images: /^(?:maven|clojure|sbtscala\/scala-sbt)$/ },
  { word: /^corretto:(\d+)$/, product: 'amazon-corretto', images: /^(?:maven|tomcat)$/ },
  { word: /^python(\d+\.\d+)$/, product: 'python', images: /^ghcr\.io\/astral-sh\/uv$/ },
];

/** Code names of Node.js' long-term lines, as in `node:lts-iron` (github.com/nodejs/Release). */
export const nodeLines: Readonly<Record<string, string>> = {
  krypton: '24',
  jod: '22',
  iron: '20',
  hydrogen: '18',
  gallium: '16',
  fermium: '14',
  erbium: '12',
  dubnium: '10',
  carbon: '8',
  boron: '6',
  argon: '4',
};
