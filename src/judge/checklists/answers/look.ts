import type { Project } from '../../../model/project.ts';
import type { Service } from '../../../model/service.ts';
import type { Finding } from '../../../vocabulary/finding.ts';
import { atLeast } from '../../../vocabulary/severity.ts';
import type { Span } from '../../../vocabulary/span.ts';
import type { Places } from '../../places.ts';
import { each, type Part, type Words } from './answer.ts';

/** Everything an item may look at. */
export interface Look {
  readonly project: Project;
  /** All services that the item asks about; lone Dockerfiles are among them. */
  readonly services: readonly Service[];
  readonly findings: readonly Finding[];
  /** The same by the service they concern. */
  readonly byService: ReadonlyMap<string, readonly Finding[]>;
  /** Ids of the rules that looked. */
  readonly rules: ReadonlySet<string>;
  readonly places: Places;
}

/** A question to one subject; undefined where the item does not ask it. */
export type Question = (service: Service) => Part | readonly Part[] | undefined;

/** Services of the Compose file. */
export function composed(look: Look): Service[] {
  return look.services.filter((service) => service.compose !== undefined);
}

/** Services that keep running: not one-shots, not tools that somebody starts by hand. */
export function servers(services: readonly Service[]): Service[] {
  return services.filter((service) => service.role.runs === 'server');
}

/** Services whose image is built here. */
export function built(look: Look): Service[] {
  return look.services.filter((service) => service.build !== undefined);
}

/** A service that keeps or hands around data for others. */
export function isStore(service: Service): boolean {
  return ['database', 'cache', 'queue', 'search'].includes(service.role.kind);
}

export function ask(services: readonly Service[], question: Question): Part[] {
  return services.flatMap((service) => question(service) ?? []);
}

/** A service by its name, a lone Dockerfile by its path. */
export function nameOf(service: Service): string {
  return service.compose ? service.name : (service.build?.dockerfile?.file ?? service.name);
}

export function part(look: Look, state: Part['state'], service: Service, words: Words, at?: Span): Part {
  return { state, name: nameOf(service), words, at: at && lineAt(look, at) };
}

/** `file:line`; undefined for what stands in no file of the project. */
export function lineAt(look: Look, span: Span): string | undefined {
  return look.project.sources.has(span.file) ? look.places.lineOf(span) : undefined;
}

export interface Named {
  readonly ids: readonly string[];
  /** The item is about this very thing, so a finding of low severity fails it too. */
  readonly anySeverity?: boolean;
}

/** Findings of these rules that count. A guess alone fails nothing. */
export function findingsOf({ findings }: Pick<Look, 'findings'>, { ids, anySeverity = false }: Named): Finding[] {
  return findings.filter(
    ({ rule, severity, confidence }) =>
      ids.includes(rule) && confidence !== 'guess' && (anySeverity || atLeast(severity, 'medium')),
  );
}

export function findingsByService(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings)
    for (const name of finding.services ?? (finding.service === undefined ? [] : [finding.service])) {
      const known = found.get(name);
      if (known) known.push(finding);
      else found.set(name, [finding]);
    }
  return found;
}

/** The same, of one service: its own, and those of its image's Dockerfile. */
export function faultsOf(look: Look, service: Service, named: Named): Part[] {
  const own = findingsOf({ findings: look.byService.get(service.name) ?? [] }, named);
  return own.map(({ message, file, span }) => ({
    state: 'fail',
    name: nameOf(service),
    // `"api" runs as root`: the name is said already.
    words: message.startsWith(`"${service.name}" `) ? each(message.slice(service.name.length + 3)) : `: ${message}`,
    at: `${file}:${span.start.line}`,
  }));
}

/** Rules that did not run cannot have found anything: then silence proves nothing. */
export function unheard(look: Look, service: Service, { ids }: Named): Part[] {
  const missing = ids.filter((id) => !look.rules.has(id));
  return missing.length === 0 ? [] : [part(look, 'open', service, `: the rule ${missing[0]} did not run`)];
}

/** Faults of the image that is built; where its Dockerfile could not be read, that. Empty: rules looked and found nothing. */
export function imageFaults(look: Look, service: Service, named: Named): Part[] {
  const unread = unreadable(look, service);
  if (unread) return [unread];
  const faults = faultsOf(look, service, named);
  if (faults.length > 0) return faults;
  const unheardOf = unheard(look, service, named);
  return unheardOf.length > 0 ? unheardOf : unclear(look, service);
}

/** Where a RUN could not be read whole, what it does is not known. */
function unclear(look: Look, service: Service): Part[] {
  const stages = service.build?.dockerfile?.stages.filter(({ isUsed }) => isUsed) ?? [];
  const step = stages
    .flatMap(({ steps }) => steps)
    .find(({ instruction, certain }) => instruction.keyword === 'RUN' && !certain);
  return step ? [part(look, 'open', service, ': a RUN could not be read whole', step.instruction.span)] : [];
}

export function unreadable(look: Look, service: Service): Part | undefined {
  const { build } = service;
  if (!build || build.dockerfile?.target) return undefined;
  const why = build.missing ? `: ${build.missing.what} is not there` : ': its Dockerfile could not be read here';
  return part(look, 'open', service, why, build.missing?.span ?? build.contextSpan);
}
