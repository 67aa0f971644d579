import type { ImageRow } from '../image-row.ts';
import { root } from './pieces.ts';
import { tcp, thin } from './thin.ts';

const store = (dataDir: string, ...ports: number[]) => ({ exposedPorts: tcp(...ports), dataDir, singleWriter: true });

/** Databases, caches and brokers. */
export function moreData(): readonly ImageRow[] {
  return [
    thin('mysql/mysql-server', 'database', {
      ...store('/var/lib/mysql', 3306, 33060),
      deprecated: { why: 'no longer updated since 8.0.32', instead: 'mysql' },
    }),
    thin('percona', 'database', { ...store('/var/lib/mysql', 3306), aliases: ['percona/percona-server'] }),
    thin('citusdata/citus', 'database', { ...store('/var/lib/postgresql/data', 5432), stopSignal: 'SIGINT' }),
    thin('timescale/timescaledb-ha', 'database', {
      ...store('/home/postgres/pgdata/data', 5432),
      defaultUser: { name: 'postgres', uid: 1000 },
    }),
    thin('mdillon/postgis', 'database', {
      ...store('/var/lib/postgresql/data', 5432),
      stopSignal: 'SIGINT',
      deprecated: { why: 'renamed; no longer updated', instead: 'postgis/postgis' },
    }),
    thin('supabase/postgres', 'database', store('/var/lib/postgresql/data', 5432)),
    thin('mongodb/mongodb-community-server', 'database', {
      ...store('/data/db', 27017),
      defaultUser: { name: 'mongodb' },
    }),
    thin('cockroachdb/cockroach', 'database', store('/cockroach/cockroach-data', 26257, 8080)),
    thin('yugabytedb/yugabyte', 'database', { exposedPorts: tcp(5433, 7000, 9000, 9042) }),
    thin('arangodb', 'database', store('/var/lib/arangodb3', 8529)),
    thin('orientdb', 'database', store('/orientdb/databases', 2424, 2480)),
    thin('rethinkdb', 'database', { ...store('/data', 28015, 29015, 8080), workdir: '/data' }),
    thin('scylladb/scylla', 'database', store('/var/lib/scylla', 9042, 7000, 9180)),
    thin('questdb/questdb', 'database', store('/var/lib/questdb', 9000, 9009, 8812, 9003)),
    thin('surrealdb/surrealdb', 'database', {
      exposedPorts: tcp(8000),
      shell: null,
      notes: ['keeps everything in memory unless told a path'],
    }),
    thin('gvenzl/oracle-xe', 'database', {
      ...store('/opt/oracle/oradata', 1521),
      aliases: ['gvenzl/oracle-free'],
      defaultUser: { name: 'oracle', uid: 54321 },
    }),
    thin('amazon/dynamodb-local', 'database', {
      exposedPorts: tcp(8000),
      notes: ['for development: nothing is kept unless told so'],
    }),
    thin('victoriametrics/victoria-metrics', 'database', store('/victoria-metrics-data', 8428)),
    thin('redis/redis-stack', 'cache', store('/data', 6379, 8001)),
    thin('redis/redis-stack-server', 'cache', store('/data', 6379)),
    thin('redislabs/redismod', 'cache', {
      ...store('/data', 6379),
      deprecated: { why: 'replaced by redis-stack, then by redis 8', instead: 'redis:8' },
    }),
    thin('eqalpha/keydb', 'cache', store('/data', 6379)),
    thin('docker.dragonflydb.io/dragonflydb/dragonfly', 'cache', {
      ...store('/data', 6379),
      aliases: ['ghcr.io/dragonflydb/dragonfly'],
    }),
    thin('hazelcast/hazelcast', 'cache', { exposedPorts: tcp(5701) }),
    thin('quay.io/coreos/etcd', 'database', {
      ...store('/etcd-data', 2379, 2380),
      aliases: ['gcr.io/etcd-development/etcd'],
    }),
    thin('confluentinc/cp-kafka', 'queue', {
      ...store('/var/lib/kafka/data', 9092),
      aliases: ['confluentinc/cp-server'],
      defaultUser: { name: 'appuser', uid: 1000 },
    }),
    thin('confluentinc/cp-zookeeper', 'queue', {
      ...store('/var/lib/zookeeper/data', 2181, 2888, 3888),
      defaultUser: { name: 'appuser', uid: 1000 },
    }),
    thin('confluentinc/cp-schema-registry', 'app', {
      exposedPorts: tcp(8081),
      defaultUser: { name: 'appuser', uid: 1000 },
    }),
    thin('wurstmeister/kafka', 'queue', {
      exposedPorts: tcp(9092),
      deprecated: { why: 'no longer maintained', instead: 'apache/kafka' },
    }),
    thin('wurstmeister/zookeeper', 'queue', {
      exposedPorts: tcp(2181),
      deprecated: { why: 'no longer maintained', instead: 'zookeeper' },
    }),
    thin('redpandadata/redpanda', 'queue', {
      ...store('/var/lib/redpanda/data', 9092, 8082, 8081, 9644),
      aliases: ['vectorized/redpanda'],
      defaultUser: { name: 'redpanda', uid: 101 },
    }),
    thin('apache/activemq-classic', 'queue', { exposedPorts: tcp(61616, 8161, 5672, 61613, 1883, 61614) }),
    thin('apache/activemq-artemis', 'queue', { exposedPorts: tcp(61616, 8161, 5672, 61613, 1883, 5445) }),
    thin('apachepulsar/pulsar', 'queue', { exposedPorts: tcp(6650, 8080) }),
    thin('nsqio/nsq', 'queue', { exposedPorts: tcp(4150, 4151, 4160, 4161, 4170, 4171) }),
    thin('emqx', 'queue', {
      exposedPorts: tcp(1883, 8083, 8084, 8883, 18083),
      deprecated: { why: 'left the official library', instead: 'emqx/emqx' },
    }),
    thin('emqx/emqx', 'queue', { ...store('/opt/emqx/data', 1883, 8083, 8084, 8883, 18083) }),
    thin('typesense/typesense', 'search', { ...root, ...store('/data', 8108) }),
    thin('manticoresearch/manticore', 'search', store('/var/lib/manticore', 9306, 9308)),
    thin('opensearchproject/opensearch-dashboards', 'monitoring', { exposedPorts: tcp(5601) }),
    thin('minio/mc', 'tool', { oneShot: true, entrypoint: ['mc'] }),
    thin('chrislusf/seaweedfs', 'database', { exposedPorts: tcp(9333, 8080, 8888, 8333), dataDir: '/data' }),
    thin('dxflrs/garage', 'database', { exposedPorts: tcp(3900, 3901, 3902, 3903), shell: null }),
    thin('localstack/localstack', 'app', {
      aliases: ['localstack/localstack-pro'],
      ...root,
      exposedPorts: tcp(4566, 5678),
      dataDir: '/var/lib/localstack',
      notes: ['imitates AWS for development and tests: it does not belong in production'],
      sources: ['https://docs.localstack.cloud/references/docker-images/'],
    }),
  ];
}
