import type { YamlMap, YamlNode } from '../../read/yaml/tree.ts';
import type { Span } from '../../vocabulary/span.ts';
import { findCycle } from './dependency-cycle.ts';
import type { Loading } from './loading.ts';
import { at, child, entriesOf, itemsOf, keySpanOf, numberOf, text, textsOf } from './tree-access.ts';

export interface Model {
  readonly root: YamlMap;
  readonly services: ReadonlyMap<string, YamlMap>;
  readonly disabled: ReadonlyMap<string, YamlMap>;
}

/** What Compose checks of the whole: that what services refer to exists, and that nothing is said twice differently. */
export function checkConsistency(model: Model, loading: Loading): void {
  for (const [name, service] of model.services) {
    const check = new ServiceCheck(name, service, model, loading);
    check.origin();
    check.references();
    check.quantities();
    check.mounts();
  }
  for (const [name, secret] of entriesOf(child(model.root, 'secrets'))) {
    if (text(child(secret, 'external')) === 'true' || text(child(secret, 'file')) || text(child(secret, 'environment')))
      continue;
    if (secret.kind === 'map')
      loading.refuse('no-origin', `secret "${name}" must declare either \`file\` or \`environment\``, secret.span);
  }
  const cycle = findCycle(model);
  if (cycle) loading.refuse('dependency-cycle', `dependency cycle detected: ${cycle.names.join(' -> ')}`, cycle.span);
}

class ServiceCheck {
  readonly #name: string;
  readonly #service: YamlMap;
  readonly #model: Model;
  readonly #loading: Loading;

  constructor(name: string, service: YamlMap, model: Model, loading: Loading) {
    this.#name = name;
    this.#service = service;
    this.#model = model;
    this.#loading = loading;
  }

  #refuse(code: string, message: string, span: Span): void {
    this.#loading.refuse(code, message, span);
  }

  #span(key: string): Span {
    return keySpanOf(this.#service, key) ?? this.#service.span;
  }

  #text(path: string): string | undefined {
    return text(child(this.#service, path)) || undefined;
  }

  #number(path: string): number | undefined {
    return numberOf(child(this.#service, path)) || undefined;
  }

  /** Where the container comes from. */
  origin(): void {
    const service = this.#service;
    const name = this.#name;
    const build = child(service, 'build');
    const known = build?.kind === 'map' || this.#text('image') || child(service, 'provider')?.kind === 'map';
    if (!known && !this.#loading.incomplete.has(name))
      this.#refuse('no-image', `service "${name}" has neither an image nor a build context specified`, service.span);
    if (build?.kind !== 'map') return;
    if (this.#text('build.dockerfile_inline') && this.#text('build.dockerfile'))
      this.#refuse(
        'exclusive-keys',
        `service "${name}" declares mutually exclusive dockerfile and dockerfile_inline`,
        build.span,
      );
    for (const [context, value] of entriesOf(child(build, 'additional_contexts'))) {
      const target = /^service:(.*)$/s.exec(text(value) ?? '')?.[1];
      if (target === undefined || this.#loading.unknownResources) continue;
      const other = this.#model.services.get(target) ?? this.#model.disabled.get(target);
      if (!other)
        this.#refuse(
          'undefined-service',
          `service "${name}" declares unknown service "${target}" as additional contexts ${context}`,
          value.span,
        );
      else if (child(other, 'build')?.kind !== 'map')
        this.#refuse(
          'no-build',
          `service "${name}" declares non-buildable service "${target}" as additional contexts ${context}`,
          value.span,
        );
    }
    const platforms = textsOf(child(build, 'platforms'));
    const platform = this.#text('platform');
    if (platform && platforms.length > 0 && !platforms.includes(platform))
      this.#refuse(
        'platform-conflict',
        `service.build.platforms MUST include service.platform "${platform}"`,
        this.#span('platform'),
      );
  }

  /** That what it refers to exists. */
  references(): void {
    const service = this.#service;
    const name = this.#name;
    const networks = entriesOf(child(service, 'networks'));
    if (this.#text('network_mode') && networks.length > 0)
      this.#refuse(
        'exclusive-keys',
        `service ${name} declares mutually exclusive \`network_mode\` and \`networks\``,
        this.#span('network_mode'),
      );
    const test = child(service, 'healthcheck.test');
    const first = itemsOf(test)[0];
    if (first && !['CMD', 'CMD-SHELL', 'NONE'].includes(text(first) ?? ''))
      this.#refuse('bad-health-test', 'healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"', first.span);
    if (this.#loading.unknownResources) return;
    for (const [network, value] of networks)
      this.#mustExist('networks', network, 'network', keySpanOf(child(service, 'networks'), network) ?? value.span);
    this.#dependencies();
    for (const volume of itemsOf(child(service, 'volumes'))) {
      const source = child(volume, 'source');
      if (text(child(volume, 'type')) === 'volume' && source && text(source))
        this.#mustExist('volumes', text(source) ?? '', 'volume', source.span);
    }
    for (const secret of itemsOf(child(service, 'build.secrets'))) this.#mountExists(secret, 'secrets', 'build secret');
    for (const config of itemsOf(child(service, 'configs'))) this.#mountExists(config, 'configs', 'config');
    for (const [model, value] of entriesOf(child(service, 'models')))
      this.#mustExist('models', model, 'model', value.span);
    for (const secret of itemsOf(child(service, 'secrets'))) this.#mountExists(secret, 'secrets', 'secret');
  }

  #dependencies(): void {
    const { services, disabled } = this.#model;
    for (const [other, how] of entriesOf(child(this.#service, 'depends_on'))) {
      if (services.has(other) || (disabled.has(other) && text(child(how, 'required')) === 'false')) continue;
      const span = keySpanOf(child(this.#service, 'depends_on'), other) ?? how.span;
      this.#refuse('undefined-service', `service "${this.#name}" depends on undefined service "${other}"`, span);
    }
    const shared = /^service:(.*)$/s.exec(this.#text('network_mode') ?? '')?.[1];
    if (shared !== undefined && !services.has(shared))
      this.#refuse(
        'undefined-service',
        `service "${shared}" not found for network_mode 'service:${shared}'`,
        this.#span('network_mode'),
      );
  }

  #mountExists(mount: YamlNode, kind: string, word: string): void {
    const source = child(mount, 'source');
    this.#mustExist(kind, text(source) ?? '', word, source?.span ?? mount.span);
  }

  #mustExist(kind: string, name: string, word: string, span: Span): void {
    if (at(this.#model.root, [kind, name]) !== undefined) return;
    this.#refuse(`undefined-${kind.slice(0, -1)}`, `service "${this.#name}" refers to undefined ${word} ${name}`, span);
  }

  /** Numbers that stand in two places. */
  quantities(): void {
    const service = this.#service;
    const name = this.#name;
    const scale = numberOf(child(service, 'scale'));
    const replicas = numberOf(child(service, 'deploy.replicas'));
    if (scale !== undefined && replicas !== undefined && scale !== replicas) this.#distinct('scale', 'deploy.replicas');
    for (const [path, value] of [
      ['scale', scale],
      ['deploy.replicas', replicas],
    ] as const) {
      if (value !== undefined && value < 0)
        this.#refuse(
          'out-of-range',
          `services.${name}.${path}: must be greater than or equal to 0`,
          child(service, path)?.span ?? service.span,
        );
    }
    this.#agree('cpus', 'limits', 'cpus', Math.fround);
    this.#agree('mem_limit', 'limits', 'memory');
    this.#agree('mem_reservation', 'reservations', 'memory');
    this.#agree('pids_limit', 'limits', 'pids');
    if ((scale ?? replicas ?? 1) > 1 && this.#text('container_name')) {
      const which = scale === undefined ? 'deploy.replicas' : 'scale';
      this.#refuse(
        'fixed-name-scaled',
        `services.${name}: can't set container_name and ${which} as container name must be unique`,
        this.#span('container_name'),
      );
    }
    for (const watch of itemsOf(child(service, 'develop.watch'))) {
      const action = text(child(watch, 'action'));
      if (!text(child(watch, 'target')) && action !== 'rebuild' && action !== 'restart')
        this.#refuse(
          'missing-target',
          `services.${name}.develop.watch: target is required for non-rebuild actions`,
          watch.span,
        );
    }
  }

  #agree(key: string, group: string, other: string, round: (value: number) => number = (value) => value): void {
    const value = this.#number(key);
    const place = child(this.#service, `deploy.resources.${group}`);
    // Compose compares even where only the group is written, and the value in it is not.
    if (value === undefined || place?.kind !== 'map') return;
    if (round(numberOf(child(place, other)) ?? 0) !== round(value))
      this.#distinct(key, `deploy.resources.${group}.${other}`);
  }

  #distinct(first: string, second: string): void {
    this.#refuse(
      'distinct-values',
      `services.${this.#name}: can't set distinct values on '${first}' and '${second}'`,
      this.#span(first),
    );
  }

  /** Two mounts at one place. */
  mounts(): void {
    const mounted = new Map<string, string>();
    const mount = (target: string, place: string, span: Span) => {
      const known = mounted.get(target);
      if (known !== undefined)
        this.#refuse('mounted-twice', `${place}: target ${target} already mounted as ${known}`, span);
      else mounted.set(target, place);
    };
    for (const [index, tmpfs] of itemsOf(child(this.#service, 'tmpfs')).entries())
      mount((text(tmpfs) ?? '').split(':')[0] ?? '', `services.${this.#name}.tmpfs[${index}]`, tmpfs.span);
    for (const [index, volume] of itemsOf(child(this.#service, 'volumes')).entries())
      mount(text(child(volume, 'target')) ?? '', `services.${this.#name}.volumes[${index}]`, volume.span);
  }
}
