import { parseArgs } from 'node:util';
import { findEngine } from '../test/house/engine/find-engine.ts';
import setUpInside from '../test/house/set-up-inside.ts';
import { fleet } from '../test/ships/fleet.ts';
import { Harbour } from '../test/ships/harbour.ts';
import { layKeels } from '../test/ships/sail.ts';
import { scoreOf, scoreTable } from '../test/ships/score.ts';
import { isAsExpected, otherTrials, ownTrials, type Trial, type Tried, tryOut } from '../test/ships/trial.ts';

/**
 * `npm run ships [-- --runs N] [--jobs J] [--all] [--only TEXT]`: drills the ships of `test/ships/`, and tells how many of
 * those that sink were found by the drill they are for, and how many sound ones were called broken. `--all`: every sound
 * ship goes through all drills. `--only`: those whose drill and name hold that text. `--table` prints the rows of
 * test/ships/README.md, and sails nothing. Ends with 1 when less than 95 % were found in one of the runs, or any sound
 * ship was called broken. On which engine is as for the tests (`SEAWORTHY_ENGINE`).
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '3' },
    all: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    table: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const jobs = Number(values.jobs);
if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(jobs) || jobs < 1) {
  console.error('usage: npm run ships -- [--runs N] [--jobs J] [--all] [--only TEXT] [--table]');
  process.exit(2);
}
const ships = fleet();
const harbour = new Harbour(jobs);

if (values.table) console.log(ships.map(({ name, story }) => `| \`${name}\` | ${story} |`).join('\n'));
else process.exitCode = await sailAll();

async function sailAll(): Promise<number> {
  const trials = [...ownTrials(ships), ...(values.all ? otherTrials(ships) : [])].filter(({ ship, drill }) =>
    `${drill} ${ship.name}`.includes(values.only),
  );
  await setUpInside();
  const answer = await findEngine(console.log);
  if (!('engine' in answer)) {
    console.error('error' in answer ? answer.error : 'SEAWORTHY_ENGINE=none: ships need an engine');
    return 3;
  }
  const { engine, running } = answer;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void (running?.stop() ?? Promise.resolve()).finally(() => process.exit(130)));
  try {
    await layKeels(engine, ships);
    const all: Tried[] = [];
    let good = true;
    for (let run = 1; run <= runs; run++) {
      const began = Date.now();
      const tried = await sailOnce(trials, (trial) => tryOut(engine, harbour, trial));
      const { sinking, found, falseAlarms } = scoreOf('all', tried);
      good &&= found >= 0.95 * sinking && falseAlarms === 0;
      const seconds = Math.round((Date.now() - began) / 1000);
      console.log(`run ${run} of ${runs}: ${found} of ${sinking} found, ${falseAlarms} false alarms, ${seconds} s\n`);
      all.push(...tried);
    }
    console.log(scoreTable(all));
    return good ? 0 : 1;
  } finally {
    await running?.stop();
  }
}

/** What did not go as it should is said at once. */
async function sailOnce(trials: readonly Trial[], tryIt: (trial: Trial) => Promise<Tried>): Promise<readonly Tried[]> {
  return Promise.all(
    trials.map(async (trial) => {
      const tried = await tryIt(trial);
      const { ship, drill, expects } = trial;
      const seconds = tried.results.reduce((sum, result) => sum + result.seconds, 0);
      const line = `${drill} on ${ship.name}: ${tried.outcome}, ${tried.summary} (${Math.round(seconds)} s)`;
      if (!isAsExpected(tried)) console.log(`WRONG, not ${expects}: ${line}`);
      else if (tried.outcome === 'inconclusive' && ship.fate === 'floats') console.log(`untold: ${line}`);
      return tried;
    }),
  );
}
