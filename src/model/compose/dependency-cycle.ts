import type { YamlMap } from '../../read/yaml/tree.ts';
import type { Span } from '../../vocabulary/span.ts';
import { child, entriesOf, keySpanOf } from './tree-access.ts';

/** A circle of `depends_on`, named from the service it begins and ends with; without recursion, in linear time. */
export function findCycle(model: {
  readonly services: ReadonlyMap<string, YamlMap>;
}): { readonly names: readonly string[]; readonly span: Span } | undefined {
  const done = new Set<string>();
  for (const start of [...model.services.keys()].sort()) {
    if (done.has(start)) continue;
    const path: { name: string; next: Iterator<string> }[] = [];
    const onPath = new Set<string>();
    const enter = (name: string) => {
      path.push({ name, next: dependencies(model.services.get(name)) });
      onPath.add(name);
    };
    enter(start);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { value: next, done: finished } = top.next.next();
      if (finished) {
        done.add(top.name);
        onPath.delete(top.name);
        path.pop();
      } else if (onPath.has(next)) {
        const names = path.map((step) => step.name);
        const service = model.services.get(top.name);
        const span = keySpanOf(child(service, 'depends_on'), next) ?? service?.span;
        return span && { names: [...names.slice(names.indexOf(next)), next], span };
      } else if (!done.has(next) && model.services.has(next)) enter(next);
    }
  }
  return undefined;
}

function dependencies(service: YamlMap | undefined): Iterator<string> {
  return entriesOf(child(service, 'depends_on'))
    .map(([name]) => name)
    .sort()
    .values();
}
