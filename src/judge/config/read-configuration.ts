import { drillWishes } from '../../model/drill-wishes.ts';
import { SourceText } from '../../read/text.ts';
import { parseYaml } from '../../read/yaml/parse.ts';
import type { YamlNode } from '../../read/yaml/tree.ts';
import { severities } from '../../vocabulary/severity.ts';
import { type Configuration, type IgnoreEntry, noConfiguration, type RuleSetting } from './configuration.ts';
import { Fields } from './fields.ts';

const projectKeys = ['ignore', 'rules', 'fail-on', 'registries', 'require-reasons'] as const;
const serviceKeys = ['ignore', 'rules', 'drill'] as const;

/** Reads `seaworthy.yaml`. Never throws: what is wrong is among the faults. */
export function readConfiguration(text: string, file: string): Configuration {
  const yaml = parseYaml(text, file);
  const fields = new Fields();
  for (const fault of yaml.faults) fields.fault(fault.span, `This is no YAML that can be read: ${fault.message}`);
  const second = yaml.documents.slice(1).find((document) => document !== undefined);
  if (second) fields.fault(second.span, 'A configuration is one YAML document; this is a second one');
  const [root] = yaml.documents;
  const read = root ? projectConfiguration(root, fields) : {};
  return { ...noConfiguration, ...read, sources: [new SourceText(file, text)], faults: fields.faults };
}

function projectConfiguration(root: YamlNode, fields: Fields): Partial<Configuration> {
  // `$schema` is for editors.
  const map = fields.map(root, 'The configuration', ['$schema', ...projectKeys]);
  if (!map) return {};
  const value = (key: (typeof projectKeys)[number]) => map.entries.get(key)?.value;
  const schema = map.entries.get('$schema')?.value;
  if (schema) fields.text(schema, '"$schema"');
  const failOn = value('fail-on');
  const registries = value('registries');
  const requireReasons = value('require-reasons');
  return {
    ignore: ignoreEntries(value('ignore'), fields),
    rules: ruleSettings(value('rules'), fields),
    failOn: failOn && fields.oneOf(failOn, '"fail-on"', [...severities, 'never'] as const),
    registries: registries
      ? fields.list(registries, '"registries"').flatMap((one) => {
          const text = fields.text(one, 'A registry');
          return text === undefined ? [] : [{ value: text, span: one.span }];
        })
      : [],
    requireReasons: requireReasons ? fields.boolean(requireReasons, '"require-reasons"') === true : false,
  };
}

/** `x-seaworthy:` inside a service: what is said there is about that service alone. */
export function readServiceConfiguration(
  node: YamlNode,
  service: string,
  fields: Fields,
): Pick<Configuration, 'ignore' | 'rules'> {
  const map = fields.map(node, '"x-seaworthy"', serviceKeys);
  if (!map) return { ignore: [], rules: [] };
  // How it is drilled is read by those who drill; what is wrong in it is told here.
  const drill = map.entries.get('drill')?.value;
  if (drill) for (const { span, message } of drillWishes(drill).faults) fields.fault(span, message);
  const ignore = ignoreEntries(map.entries.get('ignore')?.value, fields, service);
  const rules = ruleSettings(map.entries.get('rules')?.value, fields, service);
  return { ignore, rules };
}

/** `service`: the entry stands inside that service and names none. */
function ignoreEntries(node: YamlNode | undefined, fields: Fields, service?: string): IgnoreEntry[] {
  if (!node) return [];
  const keys =
    service === undefined ? ['rule', 'service', 'path', 'reason', 'until'] : ['rule', 'path', 'reason', 'until'];
  return fields.list(node, '"ignore"').flatMap((item) => {
    const map = fields.map(item, 'An entry of "ignore"', keys);
    if (!map) return [];
    const value = (key: string) => map.entries.get(key)?.value;
    const [rule, path, until, reason] = [value('rule'), value('path'), value('until'), value('reason')];
    const named = service === undefined ? value('service') : undefined;
    const before = fields.faults.length;
    const rules = rule ? fields.texts(rule, '"rule"') : [];
    if (!rule) fields.fault(item.span, 'An entry of "ignore" must name a "rule"');
    const why = reason && fields.text(reason, '"reason"');
    if (!reason) fields.fault(item.span, 'An entry of "ignore" must give a "reason"');
    const services = named && fields.texts(named, '"service"').map((one) => one.value);
    const paths = path && fields.texts(path, '"path"').map((one) => one.value);
    const day = until && fields.date(until, '"until"');
    // An entry that is only half understood might accept more than was meant.
    if (why === undefined || fields.faults.length > before) return [];
    const entry: IgnoreEntry = {
      rules: rules.map(({ value: name, span }) => ({ name, span })),
      services: service === undefined ? services : [service],
      paths,
      reason: why,
      until: day,
      span: item.span,
    };
    return [entry];
  });
}

/** `on`, a severity, or `{ enabled, severity, reason }`; inside a service nothing can be switched on. */
function ruleSettings(node: YamlNode | undefined, fields: Fields, service?: string): RuleSetting[] {
  if (!node) return [];
  if (node.kind !== 'map') {
    fields.fault(node.span, '"rules" must be a mapping from rules to what is to become of them');
    return [];
  }
  return [...node.entries.values()].flatMap(({ key, keySpan, value }) => {
    const read = ruleSetting(key, value, fields, service);
    return read ? [{ ...read, name: key, span: keySpan, ...(service === undefined ? {} : { service }) }] : [];
  });
}

function ruleSetting(
  name: string,
  node: YamlNode,
  fields: Fields,
  service: string | undefined,
): Pick<RuleSetting, 'enabled' | 'severity' | 'reason'> | undefined {
  const ofService = service !== undefined;
  if (node.kind === 'scalar') {
    if (!ofService && (node.value === true || node.value === 'on'))
      return { enabled: true, severity: undefined, reason: undefined };
    const severity = severities.find((one) => one === node.value);
    if (severity) return { enabled: undefined, severity, reason: undefined };
  }
  if (node.kind !== 'map')
    return fields.fault(
      node.span,
      `"${name}" must be ${ofService ? '' : '"on", '}a severity, or { enabled: false, reason: … }`,
    );
  const before = fields.faults.length;
  const map = fields.map(node, `"${name}"`, ['enabled', 'severity', 'reason']);
  const [on, degree, why] = ['enabled', 'severity', 'reason'].map((key) => map?.entries.get(key)?.value);
  const enabled = on && fields.boolean(on, '"enabled"');
  const severity = degree && fields.oneOf(degree, '"severity"', severities);
  const reason = why && fields.text(why, '"reason"');
  if (ofService && enabled === true)
    fields.fault(node.span, 'A rule is switched on for the whole project, not in a service');
  if (!on && !degree) fields.fault(node.span, `"${name}" must say "enabled" or "severity"`);
  if (enabled === false && !why) fields.fault(node.span, 'A rule is switched off with a "reason"');
  return fields.faults.length > before ? undefined : { enabled, severity, reason };
}
