import { fixOf } from '../edit/change.ts';
import { setAttribute } from '../edit/compose.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { printDuration } from '../vocabulary/duration.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** What keeps data writes it to disk before it ends: a minute covers a checkpoint of some gigabytes. */
const dataGraceMs = 60_000;
/** Beside the drain: noticing the signal, closing what is left, ending. */
const marginMs = 5_000;

/** Time to stop never makes a working service fail: who ends sooner is not kept waiting. */
export function giveTimeToStop(service: Service, project: Project, drainMs?: number): Cure {
  const graceMs = drainMs === undefined ? dataGraceMs : drainMs + marginMs;
  return fixOf(
    { title: `Give it ${printDuration(graceMs)} to stop`, safety: 'safe', provedBy: 'graceful-stop' },
    setAttribute(project, service, 'stop_grace_period', printDuration(graceMs)),
  );
}
