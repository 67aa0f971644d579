import { parseBytes, printBytes } from '../vocabulary/bytes.ts';
import type { Evidence } from '../vocabulary/drill.ts';
import { broke, type Drill, held, inconclusive, type Told } from './drill.ts';
import type { Lab, Subject } from './lab.ts';
import { capOf, logConfig, ownCaps, smaller } from './logs/log-cap.ts';
import { ownLogFile } from './logs/own-log-file.ts';
import { standingOf } from './standing.ts';

/** Without a cap this much is written, and is enough to see that nothing is thrown away. */
const uncapped = 24 << 20;

/** Caps above this are shown to hold with smaller files of the same number: the engine's disk is not ours to fill. */
const largest = 48 << 20;

/** A flood of log lines: what stays on the engine's disk. */
export const logFlood: Drill = {
  id: 'log-flood',
  claim: 'Its log cannot fill the disk: what is kept stays under its cap',
  why: 'A debug flag or an error loop writes gigabytes over a weekend; when the engine’s disk is full, every container of the machine stops.',
  experiment: `Lines are written to the standard output of its process 1 as if it had logged them, half as much again as its cap allows (${printBytes(uncapped)} without a cap), and the log files on the engine's disk are measured. Then its own load, to see whether a log file in the container grows that nothing rotates.`,
  mission: ['DRL10', 'RUN9'],
  sources: [
    'https://docs.docker.com/engine/logging/drivers/json-file/',
    'https://docs.docker.com/engine/logging/drivers/local/',
  ],
  attach: 'never',
  company: 'any',
  budget: () => 120,
  skip: () => undefined,
  async run(lab) {
    const scaled = capOf(lab.plan) ?? 0;
    const { subject } = await lab.world({ change: scaled > largest ? smaller : (plan) => plan });
    const told = await standardOutput(lab, subject, scaled);
    if (told.outcome !== 'held') return told;
    const evidence = [...(told.evidence ?? [])];
    const own = await ownLogFile(lab, subject, evidence);
    return own === undefined
      ? { ...told, evidence }
      : broke(own, { evidence, advice: ['log to standard output: what the engine keeps of it is capped'] });
  },
};

async function standardOutput(lab: Lab, subject: Subject, scaled: number): Promise<Told> {
  const { raw, logPath } = await subject.container.inspect();
  const { driver, options } = logConfig(raw, subject.plan);
  const evidence: Evidence[] = [{ name: 'log driver', value: driver }, ...(await ownLines(subject))];
  if (driver === 'none') return held('It keeps no log', { evidence });
  if (logPath === '')
    return ['json-file', 'local'].includes(driver)
      ? inconclusive('The engine does not say where the log is', { evidence })
      : held(`Its lines go to ${driver}: nothing is kept on the engine’s disk`, { evidence });
  const size = options['max-size'] ?? ownCaps.get(driver)?.size;
  const files = Number(options['max-file'] ?? ownCaps.get(driver)?.files ?? 1);
  const each = size === undefined ? undefined : parseBytes(size);
  const cap = each === undefined || each <= 0 ? undefined : each * files;
  evidence.push({ name: 'cap', value: cap === undefined ? 'none' : `${files} × ${size}` });
  // Well above what is still taken for the cap below, however small that is.
  const kept = await flooded(lab, subject, cap === undefined ? uncapped : cap * 1.5 + (2 << 20));
  evidence.push(
    { name: 'written', value: kept.written, unit: 'bytes' },
    { name: 'on disk', value: kept.bytes, unit: 'bytes' },
    { name: 'log files', value: kept.files },
  );
  if (kept.written < (cap ?? uncapped) * 0.9)
    return inconclusive(`Only ${printBytes(kept.written)} could be written to its log`, { evidence });
  if (kept.life !== 'same') return broke('The flood of log lines ended it', { evidence });
  // The line under way when a file is full stays in it.
  if (cap !== undefined && kept.bytes <= cap * 1.1 + (1 << 20)) {
    const note = scaled > largest ? `; shown with smaller files, its own cap is ${printBytes(scaled)}` : '';
    return held(`${printBytes(kept.written)} were logged and ${printBytes(kept.bytes)} are kept${note}`, {
      evidence,
    });
  }
  if (kept.bytes === 0) return inconclusive('The log files could not be seen on the engine’s disk', { evidence });
  if (kept.bytes < kept.written / 2)
    return inconclusive(
      `${printBytes(kept.written)} were logged and ${printBytes(kept.bytes)} lie on the disk, though nobody says a cap`,
      { evidence },
    );
  return broke(
    `${printBytes(kept.written)} were logged and ${printBytes(kept.bytes)} lie on the disk: nothing is thrown away`,
    {
      evidence,
      advice: ['logging: { driver: json-file, options: { max-size: 10m, max-file: "3" } }'],
    },
  );
}

/** What it has logged by itself since it started: two items of the checklists ask for that. */
async function ownLines({ container }: Subject): Promise<Evidence[]> {
  const lines = (await container.logs({ tail: 500 })).split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return [{ name: 'lines of its own', value: 0 }];
  return [
    { name: 'lines of its own', value: lines.length },
    { name: 'its own lines are JSON', value: lines.every(isJsonObject) },
  ];
}

function isJsonObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

async function flooded(lab: Lab, subject: Subject, bytes: number) {
  const before = await standingOf(subject);
  const inside = await subject.inside();
  const sum = async () => {
    const sizes = Object.values(await subject.logSizes());
    return { bytes: sizes.reduce((total, one) => total + one, 0), files: sizes.length };
  };
  lab.step(`writing ${printBytes(bytes)} to its log`);
  const line = `seaworthy drill log-flood ${'.'.repeat(180)}`;
  const { written } = await inside.write(1, 1, { bytes: Math.round(bytes), line });
  // The engine copies at its own pace.
  let last = { bytes: -1, files: 0 };
  let still = 0;
  await lab.until(
    30_000,
    async () => {
      const now = await sum();
      still = now.bytes === last.bytes ? still + 1 : 0;
      last = now;
      return still >= 3;
    },
    300,
  );
  const after = await standingOf(subject);
  return { written, ...last, life: after.life === before.life ? ('same' as const) : ('another' as const) };
}
