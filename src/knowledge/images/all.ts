import type { ImageRow } from '../image-row.ts';
import { apps } from './apps.ts';
import { bitnami } from './bitnami.ts';
import { caches } from './caches.ts';
import { chainguard } from './chainguard.ts';
import { compiled } from './compiled.ts';
import { consoles } from './consoles.ts';
import { databases } from './databases.ts';
import { distributions } from './distributions.ts';
import { distroless } from './distroless.ts';
import { dotnet } from './dotnet.ts';
import { java } from './java.ts';
import { javascript } from './javascript.ts';
import { monitoring } from './monitoring.ts';
import { moreApps } from './more-apps.ts';
import { moreData } from './more-data.ts';
import { moreDistributions } from './more-distributions.ts';
import { moreLanguages } from './more-languages.ts';
import { moreOperations } from './more-operations.ts';
import { php } from './php.ts';
import { platform } from './platform.ts';
import { postgres } from './postgres.ts';
import { proxies } from './proxies.ts';
import { queues } from './queues.ts';
import { relational } from './relational.ts';
import { science } from './science.ts';
import { scripting } from './scripting.ts';
import { search } from './search.ts';
import { sites } from './sites.ts';
import { webServers } from './web-servers.ts';

/**
 * One table, and the names to be found in it: building all tables takes 10 ms of a cold start, one takes 0.3 ms. A test
 * compares the names with the rows.
 */
export interface Shelf {
  /** Names, and beginnings of names that end in `/`. */
  readonly names: readonly string[];
  /** Asked, too, for names that no other shelf has. */
  readonly open?: true;
  readonly rows: () => readonly ImageRow[];
}

/** The order decides: the first row that matches wins, rows for one name before rows for a pattern of names. */
export const shelves: readonly Shelf[] = [
  {
    names: ['alpine', 'debian', 'ubuntu', 'busybox', 'scratch', 'buildpack-deps', 'amazonlinux', 'oraclelinux'].concat([
      'redhat/ubi9-minimal',
      'centos',
      'rockylinux',
      'almalinux',
      'fedora',
    ]),
    rows: distributions,
  },
  { names: ['gcr.io/distroless/'], rows: distroless },
  { names: ['cgr.dev/'], rows: chainguard },
  { names: ['node', 'oven/bun', 'denoland/deno'], rows: javascript },
  { names: ['python', 'ruby', 'ghcr.io/astral-sh/uv'], rows: scripting },
  { names: ['php', 'composer'], rows: php },
  { names: ['golang', 'rust'], rows: compiled },
  { names: ['eclipse-temurin', 'openjdk', 'amazoncorretto', 'maven', 'gradle', 'tomcat'], rows: java },
  { names: ['mcr.microsoft.com/dotnet/'], rows: dotnet },
  { names: ['postgres', 'postgis/postgis', 'pgvector/pgvector', 'timescale/timescaledb'], rows: postgres },
  { names: ['mysql', 'mariadb', 'mcr.microsoft.com/mssql/server'], rows: relational },
  {
    names: ['mongo', 'cassandra', 'couchdb', 'influxdb', 'clickhouse', 'clickhouse/clickhouse-server', 'neo4j'],
    rows: databases,
  },
  { names: ['redis', 'valkey/valkey', 'memcached'], rows: caches },
  {
    names: [
      'elasticsearch',
      'kibana',
      'logstash',
      'docker.elastic.co/elasticsearch/',
      'docker.elastic.co/kibana/',
    ].concat(['docker.elastic.co/logstash/', 'opensearchproject/opensearch', 'solr', 'getmeili/meilisearch']),
    rows: search,
  },
  { names: ['rabbitmq', 'nats', 'eclipse-mosquitto', 'apache/kafka', 'zookeeper'], rows: queues },
  {
    names: ['nginx', 'httpd', 'caddy', 'nginxinc/nginx-unprivileged', 'ghcr.io/nginx/', 'public.ecr.aws/nginx/'],
    rows: webServers,
  },
  { names: ['haproxy', 'traefik', 'kong', 'cloudflare/cloudflared', 'edoburu/pgbouncer'], rows: proxies },
  { names: ['wordpress', 'nextcloud', 'joomla', 'drupal', 'ghost'], rows: sites },
  { names: ['phpmyadmin', 'adminer', 'mongo-express', 'dpage/pgadmin4', 'portainer/portainer-ce'], rows: consoles },
  {
    names: [
      'prom/prometheus',
      'prom/alertmanager',
      'prom/node-exporter',
      'grafana/grafana',
      'grafana/grafana-oss',
    ].concat(
      ['grafana/grafana-enterprise', 'grafana/loki', 'jaegertracing/jaeger', 'louislam/uptime-kuma', 'otel/'],
      ['ghcr.io/open-telemetry/'],
    ),
    rows: monitoring,
  },
  {
    names: ['registry', 'minio/minio', 'quay.io/minio/minio', 'hashicorp/vault', 'vault', 'hashicorp/consul'].concat([
      'consul',
      'containrrr/watchtower',
      'flyway/flyway',
      'docker',
    ]),
    rows: platform,
  },
  {
    names: [
      'axllent/mailpit',
      'vaultwarden/server',
      'sonarqube',
      'jenkins/jenkins',
      'quay.io/keycloak/keycloak',
    ].concat(['keycloak/keycloak', 'n8nio/n8n', 'docker.n8n.io/n8nio/n8n', 'gitea/gitea', 'docker.gitea.com/gitea']),
    rows: apps,
  },
  { names: ['bitnami/minideb'], open: true, rows: moreDistributions },
  { names: ['mcr.microsoft.com/dotnet/core/', 'ghcr.io/astral-sh/uv'], open: true, rows: moreLanguages },
  { names: [], open: true, rows: moreData },
  { names: ['bitnami/git', 'bitnami/kubectl', 'otel/opentelemetry-collector-k8s'], open: true, rows: moreOperations },
  { names: [], open: true, rows: moreApps },
  { names: [], open: true, rows: science },
  { names: ['bitnami/', 'bitnamilegacy/'], rows: bitnami },
];

/** Every row, in that order. For tests and documentation: a look-up needs one shelf. */
export function allRows(): readonly ImageRow[] {
  return shelves.flatMap(({ rows }) => rows());
}
