import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export interface Throughput {
  readonly tool: string;
  readonly corpus: string;
  readonly files: number;
  readonly runs: number;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** Per second of processor time, the compiler's and the collector's threads included: steadier on a busy machine. */
  readonly perCpuSecond: number;
  readonly findings: number;
  /** Files the tool threw at. */
  readonly failed: number;
  readonly peakMegabytes: number;
}

/** Files per second of each tool on each list, one process at a time, by the tool's library: no start-up in it. */
export function measureThroughput(
  corpora: readonly { readonly name: string; readonly files: readonly string[]; readonly tools: readonly string[] }[],
  peers: string,
  temporary: string,
  seconds: number,
): Throughput[] {
  return corpora
    .filter(({ files }) => files.length > 0)
    .flatMap(({ name, files, tools }) => {
      const list = path.join(temporary, `${name.replace(/\W+/g, '-')}.json`);
      fs.writeFileSync(list, JSON.stringify(files));
      return tools.map((tool) => run(tool, name, files, list, peers, seconds));
    });
}

interface Measured {
  readonly rates: readonly number[];
  readonly perCpuSecond: number;
  readonly found: number;
  readonly failed: number;
  readonly peakMegabytes: number;
}

function run(
  tool: string,
  corpus: string,
  files: readonly string[],
  list: string,
  peers: string,
  seconds: number,
): Throughput {
  const script = path.join(import.meta.dirname, 'tool.mjs');
  const line = [script, tool, list, peers, String(seconds)];
  const output = execFileSync(process.execPath, line, { encoding: 'utf8', maxBuffer: 1 << 26 });
  // A tool may print of its own before the last line.
  const measured: Measured = JSON.parse(output.slice(output.lastIndexOf('{"rates"')));
  const sorted = [...measured.rates].sort((a, b) => a - b);
  return {
    tool,
    corpus,
    files: files.length,
    runs: sorted.length,
    median: sorted[sorted.length >> 1] ?? 0,
    least: sorted[0] ?? 0,
    most: sorted.at(-1) ?? 0,
    perCpuSecond: measured.perCpuSecond,
    findings: measured.found,
    failed: measured.failed,
    peakMegabytes: measured.peakMegabytes,
  };
}
