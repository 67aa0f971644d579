import { fixOf, leftBecause } from '../edit/change.ts';
import { removeAttribute, setAttribute } from '../edit/compose.ts';
import { removeInstruction } from '../edit/dockerfile.ts';
import { parseSignal } from '../knowledge/signals.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { spanOfFact } from '../vocabulary/fact.ts';
import type { Cure } from '../vocabulary/fix.ts';
import { stepAt } from './replace-command.ts';

const about = { safety: 'review', provedBy: 'graceful-stop' } as const;

/** Without SIGKILL the base's own signal is sent, or SIGTERM. What is no signal at all may have been meant as any. */
export function dropStopSignal({ instruction, stage }: Step): Cure {
  const text = instruction.words[0]?.text ?? '';
  if (!parseSignal(text)) return leftBecause('only you know which signal was meant');
  return fixOf(
    { ...about, title: 'Stop it with a signal that it can handle' },
    { edits: [removeInstruction(stage.dockerfile, instruction)], sets: [] },
  );
}

export function dropComposeStopSignal(service: Service, project: Project): Cure {
  if (!parseSignal(service.stopSignal?.value ?? '')) return leftBecause('only you know which signal was meant');
  return fixOf(
    { ...about, title: 'Stop it with a signal that it can handle' },
    removeAttribute(project, service, 'stop_signal'),
  );
}

/** The signal that the image's program takes for a graceful end, instead of another that somebody wrote. */
export function stopAsImageSays(service: Service, project: Project, signal: string): Cure {
  const title = `Stop it with ${signal}`;
  if (service.attribute('stop_signal') !== undefined)
    return fixOf({ ...about, title }, setAttribute(project, service, 'stop_signal', signal));
  const at = spanOfFact(service.stopSignal);
  const step = at && stepAt(service, at.start);
  const word = step?.instruction.words[0];
  if (!word || step.instruction.keyword !== 'STOPSIGNAL') return leftBecause('it is written where it cannot be edited');
  return fixOf({ ...about, title }, { edits: [{ span: word.span, text: signal }], sets: [] });
}
