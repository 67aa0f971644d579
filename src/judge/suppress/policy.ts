import type { Project } from '../../model/project.ts';
import type { PolicyNote, PolicyNotes } from '../../rules/policy-notes.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Finding } from '../../vocabulary/finding.ts';
import type { Configuration, RuleSetting } from '../config/configuration.ts';
import { Fields } from '../config/fields.ts';
import { readServiceConfiguration } from '../config/read-configuration.ts';
import type { Places } from '../places.ts';
import { isNamed, rulesNamed } from '../rule-names.ts';
import { commentsOf } from './comments-of.ts';
import { type Suppressed, suppress } from './suppress.ts';
import { fromComment, fromEntry, fromRuleOff, type Suppression } from './suppression.ts';

/** All that people have decided about findings of one project: its comments, its configuration, its services' own. */
export class Policy {
  readonly #project: Project;
  readonly #rules: readonly Rule[];
  readonly #places: Places;
  readonly #requireReasons: boolean;
  readonly #isShared: boolean;
  readonly #settings: RuleSetting[] = [];
  readonly #active: Suppression[] = [];
  readonly #expired: Suppression[] = [];
  readonly #faults: PolicyNote[] = [];

  constructor(project: Project, rules: readonly Rule[], configuration: Configuration, places: Places) {
    this.#project = project;
    this.#rules = rules;
    this.#places = places;
    this.#requireReasons = configuration.requireReasons;
    this.#isShared = configuration.isShared;
    this.#configure(configuration);
    if (configuration.readsServices) this.#configureServices();
    for (const placed of commentsOf(project)) {
      if (placed.problem !== undefined) this.#faults.push({ at: placed.at, message: placed.problem });
      else this.#take(fromComment(placed, places));
    }
  }

  /** Whether the configuration switches an opt-in rule on. */
  switchesOn(rule: Rule): boolean {
    const asFinding = { rule: rule.id, aliases: rule.aliases };
    return this.#settings.some(
      ({ enabled, severity, name, service }) =>
        service === undefined &&
        enabled !== false &&
        (enabled === true || severity !== undefined) &&
        isNamed(asFinding, name),
    );
  }

  /** The finding with the severity that the configuration gives it; what is said of a service wins. */
  weighed(finding: Finding): Finding {
    const said = this.#settings.filter(
      ({ severity, name, service }) =>
        severity !== undefined && isNamed(finding, name) && (service === undefined || service === finding.service),
    );
    const severity = (said.find(({ service }) => service !== undefined) ?? said[0])?.severity;
    return severity === undefined || severity === finding.severity ? finding : { ...finding, severity };
  }

  suppress(findings: readonly Finding[]): Suppressed {
    return suppress(findings, this.#active, this.#places);
  }

  /** What these notes become findings of can be accepted in the configuration, but not by one more comment. */
  suppressNotes(findings: readonly Finding[]): Suppressed {
    const configured = this.#active.filter(({ by }) => by === 'config');
    return suppress(findings, configured, this.#places);
  }

  /** `ran`: the rules that spoke, when all that are on did; undefined when nobody can say what is unused. */
  notes({ used }: Pick<Suppressed, 'used'>, ran: ReadonlySet<string> | undefined): PolicyNotes {
    const own = this.#active.filter(({ isOwn }) => isOwn);
    return {
      faults: this.#faults,
      expired: this.#expired.map(({ at, names, until }) => ({
        at,
        message: `The suppression of ${names.join(', ')} ended on ${until}`,
      })),
      unused: ran ? own.flatMap((one) => this.#unused(one, used.get(one), ran)) : [],
      unreasoned: this.#requireReasons
        ? own
            .filter(({ reason }) => reason === undefined)
            .map(({ at, names }) => ({ at, message: `${names.join(', ')} is suppressed without a reason` }))
        : [],
    };
  }

  #unused(one: Suppression, used: ReadonlySet<string> | undefined, ran: ReadonlySet<string>): PolicyNote[] {
    // What was left unread may be what an entry of the configuration is about.
    if (one.by === 'config' && this.#project.unread.length > 0) return [];
    const idle = one.names.filter(
      (name) => !used?.has(name) && rulesNamed(name, this.#rules).some((rule) => ran.has(rule.id)),
    );
    if (idle.length === 0) return [];
    // Name by name, so that those who put verdicts together can see which is unused in all.
    const notes = one.by === 'config' && this.#isShared ? idle : [idle.join(', ')];
    return notes.map((names) => ({ at: one.at, message: `Nothing here is suppressed by ${names}` }));
  }

  #configure(configuration: Pick<Configuration, 'faults' | 'ignore' | 'rules' | 'directory'>): void {
    this.#faults.push(...configuration.faults);
    for (const entry of configuration.ignore)
      this.#take(fromEntry(entry, this.#places, configuration.directory), entry.rules);
    for (const setting of configuration.rules) this.#set(setting);
  }

  #configureServices(): void {
    for (const service of this.#project.services) {
      const node = service.compose?.entries.get('x-seaworthy')?.value;
      if (!node) continue;
      const fields = new Fields();
      const { ignore, rules } = readServiceConfiguration(node, service.name, fields);
      this.#configure({ faults: fields.faults, ignore, rules, directory: this.#project.directory });
    }
  }

  #set(setting: RuleSetting): void {
    if (!this.#isKnown(setting.name, setting)) return;
    this.#settings.push(setting);
    if (setting.enabled === false) this.#active.push(fromRuleOff(setting));
  }

  #take(suppression: Suppression, named: readonly { name: string; span: PolicyNote['at'] }[] = []): void {
    if (suppression.isOwn) {
      const places = new Map(named.map(({ name, span }) => [name, span]));
      const known = suppression.names.filter((name) =>
        this.#isKnown(name, { span: places.get(name) ?? suppression.at }),
      );
      if (known.length === 0) return;
      suppression = { ...suppression, names: known };
    }
    const { until } = suppression;
    if (until === undefined || until >= this.#project.today) this.#active.push(suppression);
    else if (suppression.isOwn) this.#expired.push(suppression);
  }

  #isKnown(name: string, { span }: { readonly span: PolicyNote['at'] }): boolean {
    if (rulesNamed(name, this.#rules).length > 0) return true;
    this.#faults.push({ at: span, message: `There is no rule "${name.slice(0, 60)}"` });
    return false;
  }
}
