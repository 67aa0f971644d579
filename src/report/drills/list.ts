import { padCells } from '../cells.ts';
import { count } from '../listed.ts';
import { openPage, type PageOptions } from '../page.ts';
import { visible } from '../visible.ts';
import { indented, wrap } from '../wrap.ts';
import { secondsText } from './figures.ts';

/** What can be known of a drill without running it. */
export interface DrillCard {
  readonly id: string;
  readonly claim: string;
  readonly why: string;
  readonly experiment: string;
  readonly mission: readonly string[];
  readonly sources: readonly string[];
  readonly attach: 'harmless' | 'never';
  readonly company: 'any' | 'alone';
  /** To how many services of the project at hand it applies, and the most seconds it takes for one. */
  readonly services?: number;
  readonly mostSeconds?: number;
}

/** Every drill: what it claims, what it does to the service, what it costs. Ends with a line end. */
export function renderDrillList(drills: readonly DrillCard[], options: PageOptions): string {
  const page = openPage(options);
  const margin = Math.max(0, ...drills.map(({ id }) => id.length)) + 2;
  const blocks = drills.map(({ id, claim, experiment, attach, company, services, mostSeconds = 0 }) => {
    const [first = '', ...rest] = wrap(visible(claim), page.width - margin);
    const manners = [
      services === undefined
        ? ''
        : services === 0
          ? 'applies to no service here'
          : `applies to ${count(services, 'service')} here, at most ${secondsText(mostSeconds)} each`,
      company === 'alone' ? 'runs alone: it measures time' : 'runs beside others',
      attach === 'harmless' ? 'only looks' : '',
    ].filter((part) => part !== '');
    return [
      page.paint('strong', padCells(visible(id), margin)) + first,
      ...rest.map((line) => ' '.repeat(margin) + line),
      ...indented(visible(experiment), margin, page.width).map((line) => page.paint('faint', line)),
      ...indented(manners.join('; '), margin, page.width).map((line) => page.paint('faint', line)),
    ];
  });
  const end = wrap(
    `${count(drills.length, 'drill')}. Some of them: seaworthy drill --only graceful-stop,pid-1`,
    page.width,
  );
  return `${[...blocks, end].map((block) => block.join('\n')).join('\n\n')}\n`;
}
