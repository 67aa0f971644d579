import { type Change, fixOf, leftBecause } from '../edit/change.ts';
import { yamlOf } from '../edit/compose.ts';
import { nodeIn, setInYaml } from '../edit/yaml/set-in-yaml.ts';
import { itemsOf } from '../model/compose/tree-access.ts';
import type { Project } from '../model/project.ts';
import type { PublishedPort, Service } from '../model/service.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** Published on the host's own address only; other services reach it by its name without any publication. */
export function bindToLoopback(service: Service, project: Project, port: PublishedPort): Cure {
  if (port.mode === 'host') return leftBecause('Swarm publishes on every interface');
  return fixOf(
    {
      title: 'Publish it on 127.0.0.1 only',
      safety: 'review',
      provedBy: 'network-isolation',
      note: 'services of the project reach it by its name; who used it from another host needs a tunnel',
    },
    withAddress(service, project, port),
  );
}

function withAddress(service: Service, project: Project, { span }: PublishedPort): Change {
  const unclear: Change = { left: 'the port is written in a way that cannot be edited safely' };
  const file = yamlOf(project, span.file);
  const list = file && nodeIn(file, ['services', service.name, 'ports']);
  if (!file || !list) return unclear;
  const sets = [`services.${service.name}.ports`];
  const index = itemsOf(list).findIndex((item) => item.span.start <= span.start && item.span.end >= span.end);
  const item = itemsOf(list)[index];
  if (!item || item.alias) return unclear;
  if (item.kind === 'map') {
    const change = setInYaml(file, ['services', service.name, 'ports', String(index), 'host_ip'], '127.0.0.1');
    return 'left' in change ? change : { edits: change, sets };
  }
  const text = file.text.slice(item.span.start, item.span.end);
  const quote = /^["']/.exec(text)?.[0] ?? '';
  const inner = text.slice(quote.length, text.length - quote.length);
  const bare = inner.replace(/^(?:0\.0\.0\.0|\[::\]|\*):/, '');
  // A target alone is published on a port that Docker chooses: "127.0.0.1::80".
  const hasHost = /^(?:\$\{[^}]*\}|\$\w+|[\d-]+):/.test(bare);
  const isTarget = /^(?:\$\{[^}]*\}|\$\w+|[\d-]+)(?:\/\w+)?$/.test(bare);
  if (!hasHost && !isTarget) return unclear;
  const fresh = `${quote}127.0.0.1:${hasHost ? '' : ':'}${bare}${quote}`;
  return { edits: [{ span: item.span, text: fresh }], sets };
}
