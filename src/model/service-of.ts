import { defaultPorts } from '../knowledge/default-ports.ts';
import type { StepsDown } from '../knowledge/image-facts.ts';
import { parseImageReference } from '../knowledge/image-reference.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../read/yaml/tree.ts';
import { parseDuration } from '../vocabulary/duration.ts';
import { type Fact, type Sourced, stated } from '../vocabulary/fact.ts';
import type { Span } from '../vocabulary/span.ts';
import { asMap, booleanOf, child, entriesOf, itemsOf, numberOf, text } from './compose/tree-access.ts';
import type { ComposeModel } from './compose-model.ts';
import type { Image } from './image/image.ts';
import { imageOfReference, imageOfStage } from './image/image-of.ts';
import type {
  Build,
  Dependency,
  EnvironmentVariable,
  Logging,
  MountPoint,
  Process,
  PublishedPort,
  Service,
} from './service.ts';
import { healthOf } from './service-health.ts';
import { listeningPorts } from './service-listens.ts';
import { processOf } from './service-process.ts';
import { roleOf } from './service-role.ts';

export interface ServiceParts {
  readonly name: string;
  readonly nameSpan: Span;
  readonly compose: YamlMap | undefined;
  readonly composeModel: ComposeModel | undefined;
  readonly build: Build | undefined;
  /** Some service waits for it with `service_completed_successfully`. */
  readonly awaited: boolean;
}

/** Puts a service together: Compose over the Dockerfile over the base image. */
export function serviceOf(parts: ServiceParts): Service {
  const { compose, build } = parts;
  const imageName = imageNameOf(compose);
  const stage = build?.dockerfile?.target;
  const image: Image = stage ? imageOfStage(stage) : imageOfReference(build ? undefined : imageName?.reference);
  const process = processOf(compose, image);
  const ports = portsOf(compose);
  const environment = environmentOf(compose, image, parts.composeModel);
  const restart = sourcedText(compose, 'restart');
  const profiles = itemsOf(child(compose, 'profiles')).flatMap((node) => text(node) ?? []);
  const ownUser = sourcedText(compose, 'user');
  const user = ownUser && ownUser.value !== '' ? stated(ownUser.value, ownUser.span) : image.user;
  const role = roleOf({
    name: parts.name,
    image,
    process,
    restart: restart?.value,
    profiles,
    awaited: parts.awaited,
    deployMode: text(child(compose, 'deploy.mode')),
    publishes: ports.length > 0,
  });
  const scale = child(compose, 'deploy.replicas') ?? child(compose, 'scale');
  const stopSignal = sourcedText(compose, 'stop_signal');
  const workdir = sourcedText(compose, 'working_dir');
  const stopGrace = sourcedText(compose, 'stop_grace_period');
  const stopGraceMs = stopGrace && parseDuration(stopGrace.value);
  return {
    name: parts.name,
    nameSpan: parts.nameSpan,
    compose,
    composeModel: parts.composeModel,
    image,
    imageName,
    build,
    user,
    privilege: privilegeOf(user, image, process),
    workdir: workdir ? stated(workdir.value, workdir.span) : image.workdir,
    process,
    healthcheck: healthOf(compose, image),
    stopSignal: stopSignal ? stated(stopSignal.value, stopSignal.span) : image.stopSignal,
    stopGraceMs: stopGrace && stopGraceMs !== undefined ? { value: stopGraceMs, span: stopGrace.span } : undefined,
    init: sourcedBoolean(compose, 'init'),
    environment,
    ports,
    listens: listeningPorts({
      compose,
      image,
      process,
      environment,
      ports,
      defaults: image.facts && !image.stage ? defaultPorts(image.facts) : [],
    }),
    restart,
    memoryLimit:
      positive(sourcedNumber(compose, 'deploy.resources.limits.memory')) ??
      positive(sourcedNumber(compose, 'mem_limit')),
    memoryReservation:
      positive(sourcedNumber(compose, 'deploy.resources.reservations.memory')) ??
      positive(sourcedNumber(compose, 'mem_reservation')),
    cpuLimit:
      positive(sourcedNumber(compose, 'deploy.resources.limits.cpus')) ??
      positive(sourcedNumber(compose, 'cpus')) ??
      cpuQuota(compose),
    cpuReservation: sourcedNumber(compose, 'deploy.resources.reservations.cpus'),
    pidsLimit: sourcedNumber(compose, 'deploy.resources.limits.pids') ?? sourcedNumber(compose, 'pids_limit'),
    logging: loggingOf(compose),
    readOnly: sourcedBoolean(compose, 'read_only'),
    tmpfs: sourcedTexts(compose, 'tmpfs'),
    mounts: mountsOf(compose),
    capAdd: sourcedTexts(compose, 'cap_add'),
    capDrop: sourcedTexts(compose, 'cap_drop'),
    securityOptions: sourcedTexts(compose, 'security_opt'),
    privileged: sourcedBoolean(compose, 'privileged'),
    networks: keysOf(child(compose, 'networks')),
    networkMode: sourcedText(compose, 'network_mode'),
    dependsOn: dependenciesOf(compose),
    secrets: itemsOf(child(compose, 'secrets')).flatMap((node) => {
      const source = text(child(node, 'source')) ?? text(node);
      return source === undefined ? [] : [{ value: source, span: node.span }];
    }),
    replicas: { value: numberOf(scale) ?? 1, span: scale?.span },
    profiles,
    role,
    attribute: (path) => child(compose, path),
    at: (path) => nearest(compose, path) ?? parts.nameSpan,
  };
}

function imageNameOf(compose: YamlMap | undefined): Service['imageName'] {
  const node = child(compose, 'image');
  const value = text(node);
  if (node?.kind !== 'scalar' || value === undefined || value === '') return undefined;
  return { value, span: node.span, template: node.template, reference: parseImageReference(value) };
}

/** Root, unless a user is named or the known entrypoint gives it up: only while it is the one that runs. */
function privilegeOf(user: Fact<string> | undefined, image: Image, process: Process): Service['privilege'] {
  if (!user) return 'unknown';
  const [name = ''] = user.value.split(':');
  if (name.includes('$')) return 'unknown';
  const uid = image.accounts.find(name).uid;
  if (name !== 'root' && name !== '0' && uid !== 0) return 'non-root';
  const down = image.facts?.stepsDown;
  // Another entrypoint than the image's own does not step down.
  const ownEntrypoint = process.entrypoint === undefined || process.entrypoint.from.kind === 'base-image';
  return down && ownEntrypoint && !leavesToShell(down, process) ? 'steps-down' : 'root';
}

/**
 * Entrypoints that step down by a program do so for their own server only (`[ "$1" = redis-server ]`): whatever a
 * shell is given to run stays root. Servers that drop privileges themselves do so under a shell too.
 */
function leavesToShell(down: StepsDown, process: Process): boolean {
  const first = process.command?.value?.words[0]?.text ?? '';
  const isShell = process.command?.value?.form === 'shell' || /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|a)?sh$/.test(first);
  return isShell && ['gosu', 'su-exec', 'setpriv'].includes(down.by);
}

function portsOf(compose: YamlMap | undefined): PublishedPort[] {
  return itemsOf(child(compose, 'ports')).flatMap((node) => {
    const target = numberOf(child(node, 'target'));
    if (target === undefined) return [];
    return [
      {
        hostIp: text(child(node, 'host_ip')),
        published: text(child(node, 'published')),
        target,
        protocol: text(child(node, 'protocol')) ?? 'tcp',
        mode: text(child(node, 'mode')),
        span: node.span,
      },
    ];
  });
}

function environmentOf(
  compose: YamlMap | undefined,
  image: Image,
  model: ComposeModel | undefined,
): ReadonlyMap<string, EnvironmentVariable> {
  const all = new Map<string, EnvironmentVariable>();
  for (const [name, fact] of image.environment) {
    if (fact.from.kind !== 'file') continue;
    all.set(name, {
      name,
      value: fact.value,
      span: fact.from.span,
      keySpan: fact.from.span,
      from: 'dockerfile',
      template: undefined,
    });
  }
  const node = asMap(child(compose, 'environment'));
  for (const { key, keySpan, value } of node?.entries.values() ?? []) {
    const inEnvFile =
      model !== undefined &&
      value.span.file !== '' &&
      !/\.ya?ml$/i.test(value.span.file) &&
      !model.files.includes(value.span.file);
    all.set(key, {
      name: key,
      value: value.kind === 'scalar' && value.value !== null ? String(value.value) : undefined,
      span: value.span,
      keySpan,
      from: inEnvFile ? 'env_file' : 'compose',
      template: value.kind === 'scalar' ? value.template : undefined,
    });
  }
  return all;
}

function loggingOf(compose: YamlMap | undefined): Logging | undefined {
  const node = child(compose, 'logging');
  if (node?.kind !== 'map') return undefined;
  const options = new Map<string, Sourced<string>>();
  for (const [key, value] of entriesOf(child(node, 'options')))
    options.set(key, { value: text(value) ?? '', span: value.span });
  return { driver: sourcedText(node, 'driver'), options, span: compose?.entries.get('logging')?.keySpan ?? node.span };
}

function mountsOf(compose: YamlMap | undefined): MountPoint[] {
  return itemsOf(child(compose, 'volumes')).flatMap((node) => {
    const target = text(child(node, 'target'));
    if (node.kind !== 'map' || target === undefined) return [];
    return [
      {
        type: text(child(node, 'type')) ?? 'volume',
        source: text(child(node, 'source')),
        target,
        readOnly: booleanOf(child(node, 'read_only')) === true,
        span: node.span,
        node,
      },
    ];
  });
}

function dependenciesOf(compose: YamlMap | undefined): Dependency[] {
  const node = asMap(child(compose, 'depends_on'));
  return [...(node?.entries.values() ?? [])].map((entry) => ({
    service: entry.key,
    condition: text(child(entry.value, 'condition')) ?? 'service_started',
    span: entry.keySpan,
  }));
}

function keysOf(node: YamlNode | undefined): Sourced<string>[] {
  return [...(asMap(node)?.entries.values() ?? [])].map((entry) => ({ value: entry.key, span: entry.keySpan }));
}

function sourcedText(node: YamlNode | undefined, path: string): Sourced<string> | undefined {
  const found = child(node, path);
  const value = text(found);
  return found && value !== undefined ? { value, span: found.span } : undefined;
}

function sourcedTexts(node: YamlNode | undefined, path: string): Sourced<string>[] {
  return itemsOf(child(node, path)).flatMap((item) => {
    const value = text(item);
    return value === undefined ? [] : [{ value, span: item.span }];
  });
}

function sourcedNumber(node: YamlNode | undefined, path: string): Sourced<number> | undefined {
  const found = child(node, path);
  const value = numberOf(found) ?? Number(text(found) || Number.NaN);
  return found && Number.isFinite(value) ? { value, span: found.span } : undefined;
}

function sourcedBoolean(node: YamlNode | undefined, path: string): Sourced<boolean> | undefined {
  const found = child(node, path);
  const value = booleanOf(found);
  return found && value !== undefined ? { value, span: found.span } : undefined;
}

/** 0 means "no limit" to the engine. */
function positive(number: Sourced<number> | undefined): Sourced<number> | undefined {
  return number && number.value > 0 ? number : undefined;
}

function cpuQuota(compose: YamlMap | undefined): Sourced<number> | undefined {
  const quota = sourcedNumber(compose, 'cpu_quota');
  const period = sourcedNumber(compose, 'cpu_period')?.value ?? 100_000;
  return quota && quota.value > 0 ? { value: quota.value / period, span: quota.span } : undefined;
}

/** The key of the deepest part of `path` that is there, when it was written and not made by a default. */
function nearest(compose: YamlMap | undefined, path: string): Span | undefined {
  let node: YamlNode | undefined = compose;
  let span: Span | undefined;
  for (const part of path.split('.')) {
    const entry: YamlEntry | undefined = asMap(node)?.entries.get(part);
    if (!entry) break;
    span = entry.keySpan;
    node = entry.value;
  }
  return span;
}
