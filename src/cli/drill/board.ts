import { outcomesText, tallyDrills } from '../../report/drills/tally.ts';
import { visible } from '../../report/visible.ts';
import type { DrillEvent, DrillResult } from '../../vocabulary/drill.ts';

export interface Row {
  readonly service: string;
  readonly title: string;
  /** What broke so far, then what runs now. */
  readonly lines: readonly string[];
  readonly isDone: boolean;
  readonly hasBroken: boolean;
}

interface Running {
  step: string;
  readonly sinceMs: number;
}

/** What has been told of a run so far, to be shown while it goes on. `now` in milliseconds. */
export class Board {
  /** What is being set up; the newest. */
  settingUp = 'looking for the engine';
  #planned: readonly { readonly id: string; readonly service: string }[] | undefined;
  readonly #running = new Map<string, Running>();
  readonly #results: DrillResult[] = [];

  get isPlanned(): boolean {
    return this.#planned !== undefined;
  }

  take(event: DrillEvent, now: number): void {
    switch (event.type) {
      case 'setting-up':
        this.settingUp = event.what;
        break;
      case 'planned':
        this.#planned = event.drills;
        break;
      case 'started':
        this.#running.set(keyOf(event), { step: 'setting up', sinceMs: now });
        break;
      case 'step': {
        const running = this.#running.get(keyOf(event));
        if (running) running.step = event.what;
        break;
      }
      case 'ended':
        this.#running.delete(keyOf(event.result));
        this.#results.push(event.result);
        break;
      case 'standing-in':
      case 'cleaned-up':
      case 'left':
      case 'kept':
        break;
    }
  }

  /** One for each service, in the order in which they were planned. */
  rows(now: number): Row[] {
    const services = [...new Set((this.#planned ?? []).map(({ service }) => service))];
    return services.map((service) => this.#row(service, now));
  }

  #row(service: string, now: number): Row {
    const planned = (this.#planned ?? []).filter((one) => one.service === service);
    const results = this.#results.filter((one) => one.service === service);
    const broken = results.filter(({ outcome }) => outcome === 'broke');
    const running = planned.flatMap(({ id }) => {
      const one = this.#running.get(keyOf({ id, service }));
      return one ? [`${visible(id)}: ${visible(one.step)}, ${Math.round((now - one.sinceMs) / 1000)} s`] : [];
    });
    const told = outcomesText(tallyDrills(results));
    return {
      service,
      title: `${visible(service)}: ${results.length} of ${planned.length} drills${told === '' ? '' : `, ${told}`}`,
      lines: [...broken.map(({ id, summary }) => `broke: ${visible(id)}: ${visible(summary)}`), ...running],
      isDone: results.length === planned.length,
      hasBroken: broken.length > 0,
    };
  }
}

function keyOf({ id, service }: { readonly id: string; readonly service: string }): string {
  return `${service}\0${id}`;
}
