import { describe, expect, test } from 'vitest';
import { isolated, notes, service } from './isolated.ts';

const app = (variable: string, lines = '') =>
  `services:\n  app:\n    image: app\n    environment: ["${variable}"]\n${lines.replace(/^(?=.)/gm, '    ')}\n  db: {image: d, container_name: the-db, networks: {default: {aliases: [pg]}}}\n`;
const hosts = (variable: string, lines = '') =>
  service(isolated(app(variable, lines)).plan).body.HostConfig['ExtraHosts'] ?? [];

describe('databases, queues and mail servers outside the project are not reached', () => {
  test.each([
    ['DATABASE_URL=postgres://u:p@db.prod.example:5432/shop', ['db.prod.example']],
    ['DSN=postgresql+asyncpg://u:p%40x@DB.prod.example/shop?sslmode=require', ['db.prod.example']],
    ['MONGO=mongodb://u:p@m1.example:27017,m2.example/shop', ['m1.example', 'm2.example']],
    ['SPRING_DATASOURCE_URL=jdbc:mysql://sql.example:3306/shop', ['sql.example']],
    ['X=jdbc:sqlserver://ms.example:1433;databaseName=shop', ['ms.example']],
    ['X=jdbc:oracle:thin:@//ora.example:1521/shop', ['ora.example']],
    ['CONNECTION=Server=tcp:az.example,1433;Initial Catalog=shop', ['az.example']],
    ['DSN=host=lib.example port=5432 dbname=shop', ['lib.example']],
    ['DSN=u:p@tcp(go.example:3306)/shop', ['go.example']],
    ['REDIS_URL=rediss://:secret@cache.example:6380/0', ['cache.example']],
    ['CELERY=amqps://u:p@mq.example//', ['mq.example']],
    ['KAFKA_BOOTSTRAP_SERVERS=k1.example:9092,k2.example:9092', ['k1.example', 'k2.example']],
    ['ELASTICSEARCH_HOSTS=["http://es.example:9200"]'.replaceAll('"', '\\"'), ['es.example']],
    ['POSTGRES_HOST=nas', ['nas']],
    ['PGHOST=pg.example', ['pg.example']],
    ['MAIL_HOST=smtp.example', ['smtp.example']],
    // Another project's database, on a network that both joined.
    ['DB_HOST=other-project-db', ['other-project-db']],
    ['API=http://host.docker.internal:9000', ['host.docker.internal']],
  ])('%s', (variable, names) => {
    expect(hosts(variable)).toEqual(names.map((name) => `${name}:127.0.0.1`));
  });

  test.each([
    'DATABASE_URL=postgres://u:p@db:5432/shop',
    'DATABASE_URL=postgres://u:p@the-db/shop',
    'DB_HOST=PG',
    'REDIS_URL=redis://localhost:6379',
    'REDIS_URL=redis://127.0.0.1:6379',
    'DATABASE_URL=sqlite:///data/shop.db',
    'DB_HOST=',
    'REDIS_SERVER=true',
    'CACHE_NODES=3',
    'SENTRY_DSN=https://key@sentry.example/1',
    'PUBLIC_URL=https://shop.example',
    'DB_HOST_FILE=/run/secrets/host',
  ])('stays as it is: %s', (variable) => {
    expect(hosts(variable)).toEqual([]);
    expect(isolated(app(variable)).refused.size).toBe(0);
  });

  test('what the file itself leads there is led nowhere', () => {
    const lines = 'extra_hosts: ["smtp.example=10.0.0.9", "api.example=10.0.0.8"]';
    expect(hosts('SMTP_HOST=smtp.example', lines)).toEqual(['api.example:10.0.0.8', 'smtp.example:127.0.0.1']);
  });

  test('the report names the variable and the host, never the password', () => {
    const made = isolated(app('DATABASE_URL=postgres://admin:hunter2@db.example/shop'));
    expect(notes(made, 'outside')).toEqual([
      'DATABASE_URL, db.example → nothing: it is none of the project, and what it holds is real',
    ]);
    expect(JSON.stringify(made.standIns)).not.toContain('hunter2');
  });

  test.each([
    ['an address', 'DATABASE_URL=postgres://u:hunter2@10.0.0.5/shop', ''],
    ['an address of IPv6', 'DATABASE_URL=postgres://u:hunter2@[2001:db8::5]:5432/shop', ''],
    ['a name that leads to others', 'MONGO=mongodb+srv://u:hunter2@m.example/shop', ''],
    ["in another's network", 'DB_HOST=db.example', 'network_mode: service:db'],
  ])('where that cannot be had the service is refused: %s', (_what, variable, lines) => {
    const { refused } = isolated(app(variable, lines));
    expect(refused.get('app')).toContain('none of the project');
    expect(refused.get('app')).not.toContain('hunter2');
  });

  test('an address of the project itself is not outside', () => {
    const compose = `${app('DB_HOST=10.9.0.5').replace('default: {', 'default: {ipv4_address: 10.9.0.5, ')}networks: {default: {ipam: {config: [{subnet: 10.9.0.0/24}]}}}\n`;
    expect(isolated(compose).refused.size).toBe(0);
  });

  test('unless the file says so', () => {
    const lines = 'extra_hosts: ["host.docker.internal:host-gateway"]\nx-seaworthy: {drill: {egress: allowed}}';
    const made = isolated(app('DATABASE_URL=postgres://u:p@10.0.0.5/shop', lines));
    expect(made.refused.size).toBe(0);
    expect(service(made.plan).body.HostConfig['ExtraHosts']).toEqual(['host.docker.internal:host-gateway']);
    expect(notes(made, 'outside')).toEqual([
      'DATABASE_URL, 10.0.0.5 → the real one: x-seaworthy.drill.egress is allowed',
    ]);
  });
});
