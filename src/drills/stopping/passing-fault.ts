import { type Family, shownProcess } from './family.ts';
import type { Passing } from './signal-passing.ts';

export interface PassingFault {
  readonly summary: string;
  readonly advice: readonly string[];
}

/** What is wrong with it; undefined where nothing is. */
export function passingFault(
  passing: Passing,
  { first, kind, apps }: Family,
  signal: string,
): PassingFault | undefined {
  const one = shownProcess(first);
  const app = apps.map(shownProcess).join(', ');
  const instead =
    kind === 'parent'
      ? `See that ${one.split(' ').slice(0, 2).join(' ')} passes ${signal} on and waits until the app has ended, or start the app itself`
      : kind === 'launcher'
        ? `Start the app itself, not through ${one.split(' ')[0]}: command: ["node", "server.js"]`
        : 'Start the app itself: exec form (`command: ["node", "server.js"]`), or `exec` before the last command of the script';
  if (passing.what === 'unheard')
    return apps.length > 0
      ? { summary: `Process 1 (${one}) does not pass ${signal} on: the app (${app}) never got it`, advice: [instead] }
      : {
          summary: `${signal} does nothing: process 1 (${one}) has no handler for it, and the kernel drops what process 1 does not handle`,
          advice: [`Handle ${signal} in the app`, 'init: true'],
        };
  if (passing.what === 'left-alone')
    return {
      summary: `Process 1 (${one}) left at ${signal} without waiting for the app (${app}), which the kernel then killed`,
      advice: [instead],
    };
  return undefined;
}
