import { mendFaultOf } from './mend-trial.ts';
import { limitMs, type News, type Orders, type Slowest } from './messages.ts';
import { Runs } from './run.ts';
import { allSamples } from './samples.ts';
import { allFormats, deepFaultOf, faultOf } from './trial.ts';

/** A process of its own: what hangs here can be killed, and what eats all memory takes nothing else with it. */
const orders: Orders = JSON.parse(process.argv[2] ?? '');
const runs = new Runs(allSamples(orders.root), orders.seed);
const renderers = await allFormats();
let slowest: Slowest = { run: orders.first, sample: '', ms: 0 };
let count = 0;
let deep = 0;

const tell = (news: News) => process.send?.(news);
const tellDone = () => {
  tell({ kind: 'done', runs: count, deep, slowest });
  count = 0;
  deep = 0;
};

for (let number = orders.first; number < orders.end; number += orders.step) {
  tell({ kind: 'began', run: number });
  const { name: sample, files, draw } = runs.run(number);
  const found = (fault: string) => tell({ kind: 'found', find: { run: number, sample, fault, files } });
  const { ms, fault } = timed(files);
  if (ms > slowest.ms) slowest = { run: number, sample, ms };
  if (ms > limitMs) found(`took ${Math.round(ms)} ms`);
  const harm = fault === undefined && orders.mend ? await mendFaultOf(files) : undefined;
  if (harm) found(harm);
  if (fault) found(fault);
  else if (number % orders.deepEvery === 0) {
    deep++;
    const deepFault = deepFaultOf(files, draw, renderers);
    if (deepFault) found(deepFault);
  }
  count++;
  if (count >= 1_000) tellDone();
  // What was told leaves only while nothing runs.
  await new Promise((resolve) => setImmediate(resolve));
}
tellDone();
process.disconnect();

/** The quickest of three where the first was slow: the first compiles. Time on the processor, since others work too. */
function timed(files: Readonly<Record<string, string>>): { ms: number; fault: string | undefined } {
  let quickest = Number.POSITIVE_INFINITY;
  let fault: string | undefined;
  for (let times = 0; times < 3 && quickest > limitMs / 4; times++) {
    const started = performance.now();
    const usedBefore = process.cpuUsage();
    fault = faultOf(files);
    const { user, system } = process.cpuUsage(usedBefore);
    quickest = Math.min(quickest, performance.now() - started, (user + system) / 1_000);
  }
  return { ms: quickest, fault };
}
