import os from 'node:os';
import type { ColdResult } from './cold.ts';
import type { Growth } from './growth.ts';
import { peers } from './peers.ts';
import type { Throughput } from './throughput.ts';

export interface Results {
  readonly cold: readonly ColdResult[];
  readonly throughput: readonly Throughput[];
  readonly growth: readonly (readonly Growth[])[];
  readonly runs: number;
  /** The machine's load before the first measurement: what else was going on. */
  readonly loadBefore: number;
}

/** `docs/benchmarks.md`: figures of one run, and what they do not say. */
export function benchmarksPage({ cold, throughput, growth, runs, loadBefore }: Results): string {
  const node = cold[0];
  const cpu = os.cpus();
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
  const lines = [
    '<!-- Written by `npm run bench`; do not edit. -->',
    '',
    '# Benchmarks',
    '',
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${os.type()} ${os.arch()}, ${cpu.length} × ${cpu[0]?.model ?? 'unknown'}, ${Math.round(os.totalmem() / 2 ** 30)} GiB. Peers: ${versions.join(', ')}. Repeat with \`npm run build && npm run bench\`.`,
    '',
    `The load of the machine before the first measurement was ${loadBefore.toFixed(1)}: above about 0.5, other work ran beside, and all times are too long. Compare within one table only; tools take turns.`,
    '',
    '## Cold process',
    '',
    `From spawn to exit, ${runs} runs of each, taking turns. The code cache is warm, as it is from the second run on.`,
    '',
    '| tool | command | least | median | × `node -e 0` (medians) |',
    '| --- | --- | ---: | ---: | ---: |',
    ...cold.map(
      ({ name, command, least, median }) =>
        `| ${name} | \`${command}\` | ${least.toFixed(1)} ms | ${median.toFixed(1)} ms | ${(median / (node?.median ?? 1)).toFixed(2)} |`,
    ),
    '',
    'Goals: 1.2 × for a Dockerfile, 1.5 × for a Compose project.',
    '',
    '## Throughput',
    '',
    'Each tool through its library in a process of its own, file by file, read from disk, after one round to warm up; all rules on. Per CPU second counts the threads of compiler and collector too, and is steadier on a busy machine. Seaworthy works out findings; checklists and settings only when asked.',
    '',
    '| corpus | tool | files | rounds | files/s (median) | least–most | per CPU second | peak memory | refused |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...throughput.map(
      (one) =>
        `| ${one.corpus} | ${one.tool} | ${one.files} | ${one.runs} | ${Math.round(one.median)} | ${Math.round(one.least)}–${Math.round(one.most)} | ${Math.round(one.perCpuSecond)} | ${Math.round(one.peakMegabytes)} MB | ${one.failed} |`,
    ),
    '',
    ...ratios(throughput),
    '',
    'Goals: more than dockerfile-utils, 10 × dockerfilelint, 20 × dclint. Public corpora are measured where the checkout has them beside it.',
    '',
    '## Growth',
    '',
    'A whole `seaworthy check`, process start included; median of the runs. Linear is: twice the size, at most about twice the time.',
    '',
    '| what | time | peak memory |',
    '| --- | ---: | ---: |',
    ...growth
      .flat()
      .map(
        ({ what, milliseconds, megabytes }) =>
          `| ${what} | ${Math.round(milliseconds)} ms | ${Math.round(megabytes)} MB |`,
      ),
    '',
  ];
  return `${lines.join('\n')}`;
}

function ratios(throughput: readonly Throughput[]): string[] {
  return throughput
    .filter(({ tool }) => tool !== 'seaworthy')
    .map((peer) => {
      const own = throughput.find(({ tool, corpus }) => tool === 'seaworthy' && corpus === peer.corpus);
      return `- ${peer.corpus}: seaworthy does ${((own?.median ?? 0) / peer.median).toFixed(2)} × the files of ${peer.tool}.`;
    });
}
