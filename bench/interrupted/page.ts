import os from 'node:os';
import type { Interrupted } from './measure.ts';

export const interruptedTitle = '## Interrupted runs';

/** The section of `docs/benchmarks.md`. */
export function interruptedSection(
  measured: {
    readonly wholeSeconds: number;
    readonly runs: readonly Interrupted[];
    readonly left: readonly string[];
  },
  on: { readonly seed: number; readonly engine: string; readonly loadBefore: number },
): string {
  const { runs, wholeSeconds, left } = measured;
  const asked = runs.filter(({ signal, end }) => signal !== 'SIGKILL' && end === '130');
  const most = Math.max(0, ...asked.map(({ leaving }) => leaving));
  return [
    interruptedTitle,
    '',
    `\`seaworthy drill\` on a service that is built and its database, ${wholeSeconds.toFixed(0)} s when nobody interrupts it; each run stopped at a random moment. Then everything on the engine is compared with what was there before: containers, networks, volumes and images, whoever made them (build cache, which BuildKit bounds by itself, is not counted). Measured on: ${on.engine}, ${os.cpus().length} cores, Node ${process.version}; the load of the machine before was ${on.loadBefore.toFixed(1)}. \`npm run build && npm run bench:interrupted -- --runs ${runs.length} --seed ${on.seed}\`.`,
    '',
    '| run | signal | after | during | exit | gone after | left | left after the next run |',
    '| ---: | --- | ---: | --- | --- | ---: | ---: | ---: |',
    ...runs.map((run, index) => {
      const next = run.left.length === 0 ? '' : String(run.leftAfterNext?.length ?? '?');
      return `| ${index + 1} | ${run.signal} | ${run.at.toFixed(1)} s | ${phase(run.during)} | ${run.end} | ${run.leaving.toFixed(2)} s | ${run.left.length} | ${next} |`;
    }),
    '',
    `Left in the end: ${left.length}. From Ctrl-C to the prompt: ${most.toFixed(2)} s at most. A killed run (SIGKILL) can remove nothing; the next one does, before it begins.`,
    '',
  ].join('\n');
}

/** `held graceful-stop web 12.0 s: …` is told when a drill has ended: others run. */
function phase(line: string): string {
  if (line === '') return 'start';
  if (/^(?:held|broke|inconclusive) /.test(line)) return `drills, after ${line.split(' ')[1]}`;
  if (/^\d+ drills? /.test(line)) return 'drills';
  return line.replaceAll('|', '/').slice(0, 50);
}
