import type { Service } from '../../../model/service.ts';
import { type Answer, notAsked, passes, staysOpen } from './answer.ts';
import { composed, type Look, lineAt, nameOf } from './look.ts';

const collectors =
  /(?:^|\/)(?:prometheus|victoria-?metrics|vmagent|agent|alloy|opentelemetry-collector(?:-contrib)?|otel\/.*|datadog-agent|zabbix-agent2?|telegraf|netdata|infrastructure|elastic-agent|metricbeat|beszel(?:-agent)?|signoz.*)$/;
const logCollectors =
  /(?:^|\/)(?:promtail|alloy|fluent-?bit|fluentd|vector|filebeat|logspout|datadog-agent|agent|elastic-agent|grafana-agent)$/;
/** Drivers that send lines away: https://docs.docker.com/engine/logging/configure/#supported-logging-drivers */
const shipping = new Set([
  'fluentd',
  'gelf',
  'syslog',
  'awslogs',
  'gcplogs',
  'splunk',
  'etwlogs',
  'loki',
  'grafana/loki-docker-driver',
]);

function nameOfImage(service: Service): string {
  return service.imageName?.reference?.name ?? '';
}

export function monitoring(look: Look): Answer {
  const collector = composed(look).find((service) => collectors.test(nameOfImage(service)));
  if (!collector) return staysOpen('no service here collects metrics; a person must say what watches it');
  return passes(`${nameOf(collector)} collects metrics`, places(look, collector));
}

/** That it is active, only who runs it can say. */
export function monitoringActive(look: Look): Answer {
  const found = monitoring(look);
  return found.state === 'pass'
    ? staysOpen(`${found.evidence}; that it does, and that somebody is told, a person must say`, found.at)
    : found;
}

export function teamNotified(): Answer {
  return staysOpen('no file shows it; a person must say who was told, and when');
}

export function autoScaling(look: Look): Answer {
  return look.project.compose
    ? notAsked('neither Compose nor Swarm scales by itself')
    : staysOpen('nothing here says what runs the image; a person must say whether that scales it');
}

export function logAggregation(look: Look): Answer {
  const all = composed(look);
  const shipped = all.filter(({ logging }) => shipping.has(logging?.driver?.value.replace(/:[\s\S]*/, '') ?? ''));
  if (all.length > 0 && shipped.length === all.length)
    return passes(
      'each service sends its log elsewhere by its logging driver',
      shipped.flatMap(({ logging }) => (logging ? (lineAt(look, logging.span) ?? []) : [])),
    );
  const collector = all.find(
    (service) =>
      logCollectors.test(nameOfImage(service)) &&
      service.mounts.some(({ source }) => /docker\.sock$|\/var\/lib\/docker|\/var\/log/.test(source ?? '')),
  );
  if (collector) return passes(`${nameOf(collector)} collects the logs of the engine`, places(look, collector));
  return staysOpen('nothing here collects logs; a person must say whether something on the host does');
}

function places(look: Look, service: Service): string[] {
  const line = lineAt(look, service.imageName?.span ?? service.nameSpan);
  return line === undefined ? [] : [line];
}
