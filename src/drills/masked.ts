import { secretMask } from '../model/masked-lines.ts';
import type { Project } from '../model/project.ts';
import type { DrillEvent, Evidence, Timeline } from '../vocabulary/drill.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import { masker } from '../vocabulary/mask.ts';
import type { Told } from './drill.ts';
import { secretFilesOf } from './secrets/given-secrets.ts';

/** Takes the project's secrets out of a text: what its files set, and what its files of secrets hold. */
export function maskFor(project: Project): (text: string) => string {
  const known = secretMask(project);
  const inFiles = masker(contentsOf(project));
  return (text) => inFiles(known(text));
}

/** A service may log what it should not, and its last words are evidence. */
export function masked(told: Told, mask: (text: string) => string): Told {
  return {
    ...told,
    summary: mask(told.summary),
    ...(told.evidence
      ? { evidence: told.evidence.map((one) => ({ ...one, value: maskedValue(one.value, mask) })) }
      : {}),
    ...(told.advice ? { advice: told.advice.map(mask) } : {}),
    ...(told.timeline ? { timeline: maskedTimeline(told.timeline, mask) } : {}),
  };
}

export function maskedTimeline(timeline: Timeline, mask: (text: string) => string): Timeline {
  return { ...timeline, events: timeline.events.map((event) => ({ ...event, what: mask(event.what) })) };
}

/** Results are masked where they are made; what else is told on the way may quote an image, a path or a log as well. */
export function maskedEvent(event: DrillEvent, mask: (text: string) => string): DrillEvent {
  return 'what' in event ? { ...event, what: mask(event.what) } : event;
}

/** What could not go on may say so with the last words of a container. */
export function maskedError(error: unknown, mask: (text: string) => string): unknown {
  if (!(error instanceof SeaworthyError)) return error;
  const { code, message, hint } = error;
  if (mask(message) === message && mask(hint ?? '') === (hint ?? '')) return error;
  return new SeaworthyError(code, mask(message), hint === undefined ? {} : { hint: mask(hint) });
}

function maskedValue(value: Evidence['value'], mask: (text: string) => string): Evidence['value'] {
  if (typeof value === 'string') return mask(value);
  return typeof value === 'object' ? value.map(mask) : value;
}

/** Whole, and by its lines: a key of several lines is rarely logged as one. Short ones stand in every other word. */
function contentsOf(project: Project): string[] {
  const files = new Set(project.services.flatMap((service) => secretFilesOf(service, project).map(({ file }) => file)));
  return [...files].flatMap((file) => {
    const read = project.files.read(file);
    if (!read.ok) return [];
    const lines = read.text.split('\n').map((line) => line.trim());
    return [read.text.trim(), ...lines].filter((one) => one.length >= 8 && !/^[a-z]+$/.test(one));
  });
}
