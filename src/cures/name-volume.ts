import { type Change, fixOf } from '../edit/change.ts';
import { appendAttribute, mergeTopLevel, yamlOf } from '../edit/compose.ts';
import { isAtOrBelow } from '../model/data-places.ts';
import type { Project } from '../model/project.ts';
import type { MountPoint, Service } from '../model/service.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** A volume with a name for the data: a new container finds it again. */
export function nameVolume(service: Service, project: Project, directory: string, mount: MountPoint | undefined): Cure {
  const { image } = service;
  // A volume that the image declares hides one that is mounted above it.
  const declared = image.facts?.volumes?.find((volume) => isAtOrBelow(directory, volume));
  const target = mount?.target ?? declared ?? directory;
  const volume = freeName(project, `${service.name}-data`);
  return fixOf(
    {
      title: `Keep ${target} in the volume "${volume}"`,
      safety: 'review',
      provedBy: 'crash-restart',
      note: 'what a running container has written stays in its old volume: copy it first',
    },
    mount
      ? renamed(service, project, mount, volume)
      : appendAttribute(project, service, 'volumes', `${volume}:${target}`),
    mergeTopLevel(project, service, ['volumes'], { [volume]: null }),
  );
}

function renamed(service: Service, project: Project, mount: MountPoint, volume: string): Change {
  const { file, start, end } = mount.span;
  const text = yamlOf(project, file)?.text.slice(start, end) ?? '';
  const quote = /^["']/.exec(text)?.[0] ?? '';
  if (text.slice(quote.length, text.length - quote.length) !== mount.target)
    return { left: 'the volume is written in a way that cannot be edited safely' };
  return {
    edits: [{ span: mount.span, text: `${quote}${volume}:${mount.target}${quote}` }],
    sets: [`services.${service.name}.volumes`],
  };
}

function freeName(project: Project, wanted: string): string {
  let name = wanted;
  for (let count = 2; project.compose?.volumes.has(name); count++) name = `${wanted}-${count}`;
  return name;
}
