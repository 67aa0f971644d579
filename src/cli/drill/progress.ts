import { secondsText } from '../../report/drills/figures.ts';
import { count } from '../../report/listed.ts';
import { visible } from '../../report/visible.ts';
import type { DrillEvent } from '../../vocabulary/drill.ts';

/** Where people look while drills run. */
export interface Progress {
  event(event: DrillEvent): void;
  /** A word that must not be overlooked: that it is stopping. */
  note(text: string): void;
  /** Leaves the screen as it was, for the report. */
  end(): Promise<void>;
  /** Where there is no time for that: what to write to the terminal, so that it has its cursor again. */
  abandon(): string;
}

/** For pipes and logs: a line for whatever ends, none for steps. */
export function plainProgress(write: (line: string) => void): Progress {
  return {
    event: (event) => {
      const line = lineOf(event);
      if (line !== undefined) write(`${line}\n`);
    },
    note: (text) => write(`${text}\n`),
    end: async () => {},
    abandon: () => '',
  };
}

export const silentProgress: Progress = { event: () => {}, note: () => {}, end: async () => {}, abandon: () => '' };

function lineOf(event: DrillEvent): string | undefined {
  switch (event.type) {
    case 'setting-up':
      return `setting up: ${visible(event.what)}`;
    case 'planned': {
      const services = new Set(event.drills.map(({ service }) => service));
      return `${count(event.drills.length, 'drill')} of ${count(services.size, 'service')}`;
    }
    case 'ended': {
      const { outcome, id, service, seconds, summary } = event.result;
      return `${outcome} ${visible(id)} ${visible(service)} ${secondsText(seconds)}: ${visible(summary)}`;
    }
    case 'standing-in': {
      const { service, kind, wanted, used } = event.standIn;
      const whose = service === undefined ? '' : `${visible(service)} `;
      return `standing in: ${whose}${visible(kind)} ${visible(wanted)}: ${visible(used)}`;
    }
    case 'cleaned-up':
      return `removed ${count(event.removed, 'thing')} that an earlier run had left`;
    // Told when the progress is gone, so that a terminal shows them as well.
    case 'left':
    case 'kept':
    case 'started':
    case 'step':
      return undefined;
  }
}
