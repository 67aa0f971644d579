import { fixOf, leftBecause } from '../edit/change.ts';
import type { EntryScript } from '../model/entry-script.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { joinPath } from '../read/paths.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** A kernel takes `#!/bin/sh\r` for a program that is not there; no shell needs the carriage returns. */
export function unixLineEnds(service: Service, project: Project, script: EntryScript): Cure {
  const dockerfile = service.build?.dockerfile ?? service.image.stage?.dockerfile;
  const context = dockerfile && project.contextOf(dockerfile);
  if (!context) return leftBecause('it is not known where the script stands');
  const file = joinPath(context.directory, script.path);
  const edits = [...script.text.matchAll(/\r(?=\n)/g)].map(({ index }) => ({
    span: { file, start: index, end: index + 1 },
    text: '',
  }));
  return fixOf(
    {
      title: `End the lines of ${file} in LF`,
      safety: 'safe',
      note: '.gitattributes (*.sh text eol=lf) keeps git from changing them back',
    },
    { edits, sets: [] },
  );
}
