import { isAsExpected, type Tried } from './trial.ts';

/** How one drill did, over all runs. */
export interface Score {
  readonly drill: string;
  /** Ships that sink: how often one was sailed, and how often the drill said that it broke. */
  readonly sinking: number;
  readonly found: number;
  /** Ships that float: how often one was sailed, and how often it was called broken, or could not be told. */
  readonly floating: number;
  readonly falseAlarms: number;
  readonly untold: number;
}

export function scoresOf(tried: readonly Tried[]): readonly Score[] {
  return [...new Set(tried.map(({ trial }) => trial.drill))].map((drill) =>
    scoreOf(
      drill,
      tried.filter(({ trial }) => trial.drill === drill),
    ),
  );
}

export function scoreOf(drill: string, tried: readonly Tried[]): Score {
  const sinking = tried.filter(({ trial }) => trial.ship.fate === 'sinks');
  const floating = tried.filter(({ trial, outcome }) => trial.ship.fate === 'floats' && outcome !== 'skipped');
  return {
    drill,
    sinking: sinking.length,
    found: sinking.filter(isAsExpected).length,
    floating: floating.length,
    // Of a ship of which nothing can be told, to say that it broke is one as well.
    falseAlarms: tried.filter(({ trial, outcome }) => trial.ship.fate !== 'sinks' && outcome === 'broke').length,
    untold: floating.filter(({ outcome }) => outcome === 'inconclusive').length,
  };
}

const columns = ['sinking', 'found', 'found in', 'floating', 'false alarms', 'untold'] as const;

/** As lines of text, with a last one for all of them. */
export function scoreTable(tried: readonly Tried[]): string {
  const rows = [...scoresOf(tried), scoreOf('all', tried)].map((score) => [
    score.drill.padEnd(20),
    ...[score.sinking, score.found, percent(score), score.floating, score.falseAlarms, score.untold].map(
      (cell, index) => String(cell).padStart((columns[index]?.length ?? 0) + 2),
    ),
  ]);
  const head = ['drill'.padEnd(20), ...columns.map((name) => `  ${name}`)];
  return [head, ...rows].map((row) => row.join('')).join('\n');
}

function percent({ sinking, found }: Score): string {
  return sinking === 0 ? '' : `${((100 * found) / sinking).toFixed(1)} %`;
}
