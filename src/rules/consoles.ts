import type { PublishedPort, Service } from '../model/service.ts';

/** What administers something, or shows its insides, with a weak login or none. */
const consoles: readonly (readonly [image: RegExp, what: string])[] = [
  [/(?:^|\/)phpmyadmin(?:\/phpmyadmin)?[:@]|^phpmyadmin(?:\/phpmyadmin)?$/, 'phpMyAdmin'],
  [/(?:^|\/)adminer(?:[:@]|$)/, 'Adminer'],
  [/pgadmin4(?:[:@]|$)/, 'pgAdmin'],
  [/(?:^|\/)mongo-express(?:[:@]|$)/, 'mongo-express'],
  [/redis-?(?:commander|insight)|p3x-redis-ui|phpredisadmin/i, 'an administration of Redis'],
  [/portainer(?:-ce|-ee)?(?:[:@]|$)/, 'Portainer'],
  [/kafka-ui|kafdrop|akhq|kowl|redpanda\/console/, 'an administration of Kafka'],
  [/dozzle|cadvisor|glances|netdata/, 'the insides of the host and its containers'],
  [
    /cloudbeaver|dbgate|sqlpad|elasticvue|cerebro|dejavu|kibana|opensearch-dashboards/,
    'an administration of its database',
  ],
  [/mailhog|mailpit|maildev|mailcatcher|smtp4dev/, 'every mail of the application'],
  [/prometheus(?:[:@]|$)|alertmanager(?:[:@]|$)|jaegertracing|zipkin/, 'the monitoring, without a password,'],
  [/(?:^|\/)(?:consul|vault|etcd|nomad)(?:[:@]|$)/, 'the keys to the cluster'],
];
const byPort: Readonly<Record<number, string>> = {
  2375: 'the Docker API',
  2376: 'the Docker API',
  2019: "Caddy's administration",
  15672: "RabbitMQ's administration",
  8161: "ActiveMQ's administration",
};

/** What this port of a known tool shows to whoever reaches it: `phpMyAdmin`. */
export function consoleAt(service: Service, port: PublishedPort): string | undefined {
  if (port.protocol !== 'tcp') return undefined;
  const image = service.imageName?.value ?? '';
  if (service.build === undefined) {
    const known = consoles.find(([pattern]) => pattern.test(image));
    if (known) return known[1];
  }
  if (isTraefikDashboard(service, port)) return "Traefik's dashboard, with no login,";
  return Object.hasOwn(byPort, port.target) && service.image.stage === undefined ? byPort[port.target] : undefined;
}

export function isTraefikDashboard(service: Service, port: PublishedPort): boolean {
  if (port.target !== 8080 || !/traefik/.test(service.imageName?.value ?? '')) return false;
  return service.process.commands.some((command) =>
    command.words.some(({ text }) => /^--api\.insecure(?:=true)?$/i.test(text)),
  );
}
