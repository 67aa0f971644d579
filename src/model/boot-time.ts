import type { Service } from './service.ts';
import { mainCommand } from './service-role.ts';

const slowImages: readonly [pattern: RegExp, bootMs: number, what: string][] = [
  [/(?:^|\/)(?:keycloak|sonarqube|gitlab-ce|gitlab-ee|nexus3|jenkins)(?:$|\/)/, 60_000, 'it often takes a minute'],
  [
    /(?:^|\/)(?:elasticsearch|opensearch|cassandra|solr|logstash|kibana|kafka|cp-kafka)(?:$|\/)/,
    30_000,
    'it often takes half a minute',
  ],
  [/(?:^|\/)(?:mysql|mariadb|oracle|mssql|server)$/, 20_000, 'its first start creates the database'],
  [/(?:^|\/)(?:postgres|postgis|pgvector|timescaledb|mongo)$/, 8_000, 'its first start creates the database'],
];

/** How long a service of this kind takes to boot at least, as a careful operator would guess. */
export function bootOf(service: Service): readonly [number, string] {
  const image = service.image.stage ? undefined : service.image.facts?.image;
  if (image !== undefined) {
    const slow = slowImages.find(([pattern]) => pattern.test(image));
    return slow ? [slow[1], slow[2]] : [3_000, 'some starts are slower'];
  }
  const main = mainCommand(service.process.commands);
  if (main?.name === 'java') return [20_000, 'a JVM often takes longer'];
  return [5_000, 'some starts are slower'];
}
