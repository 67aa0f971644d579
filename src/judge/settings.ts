import { hardCodedSecret } from '../knowledge/hard-coded-secret.ts';
import { secretName } from '../knowledge/secret-names.ts';
import { looksRandom } from '../knowledge/secret-values.ts';
import type { CommandLine } from '../model/image/image.ts';
import { secretsInCommand } from '../model/secrets-in-commands.ts';
import type { Service } from '../model/service.ts';
import { printBytes } from '../vocabulary/bytes.ts';
import { printDuration } from '../vocabulary/duration.ts';
import type { Fact, Sourced } from '../vocabulary/fact.ts';
import { mask, maskValue } from '../vocabulary/mask.ts';
import type { Confidence } from '../vocabulary/severity.ts';
import type { ServiceSummary, Setting } from '../vocabulary/verdict.ts';
import type { Places } from './places.ts';

/**
 * A service's effective settings, each with where it comes from: what `seaworthy explain service:NAME` shows. `masked`
 * takes the project's secrets out of a text.
 */
export function settingsOf(service: Service, places: Places, masked: (text: string) => string): ServiceSummary {
  const settings: Setting[] = [];
  const add = (name: string, value: string, from: string, confidence: Confidence = 'certain') =>
    settings.push({ name: masked(name), value: masked(value), from, confidence });
  const fact = <T>(
    name: string,
    known: Fact<T> | undefined,
    show: (value: T) => string,
    fallback: [string, string],
  ) => {
    if (known) add(name, show(known.value), places.originOf(known), known.sure);
    else add(name, ...fallback);
  };
  const sourced = <T>(name: string, known: Sourced<T> | undefined, show: (value: T) => string, fallback: string) => {
    if (known) add(name, show(known.value), places.lineOf(known.span));
    else add(name, fallback, "Docker's default");
  };
  const unknown: [string, string] = ['unknown', 'nothing says'];
  const { image } = service;

  add(
    'image',
    imageText(service),
    service.imageName
      ? places.lineOf(service.imageName.span)
      : service.build?.dockerfile
        ? service.build.dockerfile.file
        : 'nothing says',
  );
  if (image.stage)
    add(
      'base image',
      image.base?.text ?? (image.isScratch ? 'scratch' : (image.stage.from.text ?? image.stage.from.written)),
      places.lineOf(image.stage.from.span),
    );
  if (service.build?.target) add('build target', service.build.target.value, places.lineOf(service.build.target.span));
  add('role', `${service.role.runs} (${service.role.kind})`, service.role.because, 'likely');
  fact(
    'user',
    service.user,
    (user) => (service.privilege === 'steps-down' ? `${user}, then ${image.facts?.stepsDown?.to} by itself` : user),
    unknown,
  );
  fact('working directory', service.workdir, (path) => path, unknown);
  const command = (line: CommandLine | undefined) => commandText(line, service);
  fact('entrypoint', service.process.entrypoint, command, unknown);
  fact('command', service.process.command, command, unknown);
  if (service.init) sourced('init', service.init, String, 'false');
  health(service, places, add);
  fact('stop signal', service.stopSignal, (signal) => signal, ['SIGTERM', "Docker's default"]);
  sourced('stop grace period', service.stopGraceMs, printDuration, '10s');
  if (service.compose) {
    sourced('restart', service.restart, (policy) => policy, 'no');
    sourced('memory limit', service.memoryLimit, printBytes, 'none');
    sourced('memory reservation', service.memoryReservation, printBytes, 'none');
    sourced('cpu limit', service.cpuLimit, String, 'none');
    sourced('pids limit', service.pidsLimit, String, 'none');
    sourced('read-only root', service.readOnly, String, 'false');
    for (const path of service.tmpfs) add('tmpfs', path.value, places.lineOf(path.span));
    for (const dropped of service.capDrop) add('capability dropped', dropped.value, places.lineOf(dropped.span));
    for (const added of service.capAdd) add('capability added', added.value, places.lineOf(added.span));
    for (const option of service.securityOptions) add('security option', option.value, places.lineOf(option.span));
    if (service.privileged) sourced('privileged', service.privileged, String, 'false');
    if (service.logging) {
      const options = [...service.logging.options].map(([key, value]) => `${key}=${value.value}`).join(' ');
      add(
        'logging',
        `${service.logging.driver?.value ?? "the engine's driver"} ${options}`.trim(),
        places.lineOf(service.logging.span),
      );
    } else
      add('logging', "the engine's driver, unlimited unless the daemon says otherwise", "Docker's default", 'likely');
    if (service.networkMode) add('network mode', service.networkMode.value, places.lineOf(service.networkMode.span));
    for (const network of service.networks) add('network', network.value, places.lineOf(network.span));
    for (const port of service.ports)
      add(
        'published',
        `${port.hostIp ?? '0.0.0.0'}:${port.published ?? '(any)'} → ${port.target}/${port.protocol}`,
        places.lineOf(port.span),
      );
    for (const mount of service.mounts)
      add(
        'mount',
        `${mount.source ?? `(${mount.type})`} → ${mount.target}${mount.readOnly ? ' read-only' : ''}`,
        places.lineOf(mount.span),
      );
    for (const dependency of service.dependsOn)
      add('depends on', `${dependency.service} (${dependency.condition})`, places.lineOf(dependency.span));
    for (const secret of service.secrets) add('secret', secret.value, places.lineOf(secret.span));
    add(
      'replicas',
      String(service.replicas.value),
      service.replicas.span ? places.lineOf(service.replicas.span) : "Docker's default",
    );
    if (service.profiles.length > 0)
      add('profiles', service.profiles.join(', '), places.lineOf(service.at('profiles')));
  }
  for (const port of service.listens) add('listens on', String(port.value), places.originOf(port), port.sure);
  for (const variable of service.environment.values()) {
    const value =
      variable.value === undefined ? '(from the environment Compose runs in)' : shown(variable.name, variable.value);
    add(`env ${variable.name}`, value, places.lineOf(variable.keySpan));
  }
  return { ...summaryOf(service, places, masked), settings };
}

/** Which service it is: all of the summary but the settings, which take far longer. */
export function summaryOf(
  service: Service,
  places: Places,
  masked: (text: string) => string,
): Omit<ServiceSummary, 'settings'> {
  return { name: service.name, file: places.place(service.nameSpan).file, image: masked(imageText(service)) };
}

export function imageText(service: Service): string {
  if (service.imageName) return service.imageName.value;
  if (service.build?.dockerfile) return `built from ${service.build.dockerfile.file.replace(/#[\s\S]*/, '')}`;
  return service.build ? 'built' : 'unknown';
}

/** Weak passwords too are masked here, where they are surely passwords. */
function commandText(line: CommandLine | undefined, service: Service): string {
  if (!line) return 'none';
  const secrets = service.process.commands.flatMap(secretsInCommand).map(({ value }) => value);
  const words = line.words.map((word) => mask(word.text, secrets));
  return line.form === 'shell' ? (words[0] ?? '') : JSON.stringify(words);
}

/** Secrets never reach a screen: by name or by their looks. */
function shown(name: string, value: string): string {
  if (hardCodedSecret(name, value) || (secretName(name) === 'yes' && value !== '')) return maskValue(value);
  // Addresses that open by themselves: https://mainnet.example/v3/<key>, a webhook's path, ?key=….
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(value)
    ? value.replace(/[\w-]{20,512}/g, (part) => (looksRandom(part) ? '***' : part))
    : value;
}

function health(
  service: Service,
  places: Places,
  add: (name: string, value: string, from: string, sure?: Confidence) => void,
): void {
  const check = service.healthcheck;
  if (check.kind === 'test') {
    const { test } = check;
    const secrets = check.commands.flatMap(secretsInCommand).map(({ value }) => value);
    const words = test.words.map((word) => mask(word.text, secrets)).join(' ');
    const from = check.from === 'base-image' ? `${service.image.base?.text} (base image)` : places.lineOf(check.span);
    add('health check', words, from);
    add(
      'health timing',
      `every ${printDuration(test.intervalMs ?? 30_000)}, timeout ${printDuration(test.timeoutMs ?? 30_000)}, ${test.retries ?? 3} retries, start period ${printDuration(test.startPeriodMs ?? 0)}`,
      from,
    );
  } else if (check.kind === 'disabled') add('health check', 'switched off', places.lineOf(check.span));
  else if (check.kind === 'none') add('health check', 'none', 'neither Compose nor the image has one');
  else add('health check', 'unknown', 'the image is not known');
}
