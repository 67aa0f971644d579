import fs from 'node:fs';
import { type DrillOptions, drillProject } from '../../drills/drill-project.ts';
import { allDrills } from '../../drills/registry.ts';
import { Engine } from '../../engine/engine.ts';
import { sweep } from '../../engine/sweep.ts';
import type { Project } from '../../model/project.ts';
import type { Service } from '../../model/service.ts';
import { type DrillCard, renderDrillList } from '../../report/drills/list.ts';
import { tallyDrills } from '../../report/drills/tally.ts';
import { renderDrillText } from '../../report/drills/text.ts';
import { count } from '../../report/listed.ts';
import { visible } from '../../report/visible.ts';
import type { DrillEvent, DrillReport } from '../../vocabulary/drill.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import { type Call, isOn, oneText } from '../command.ts';
import { ExitCode } from '../exit-code.ts';
import { version } from '../version.ts';
import { type DrillCall, readDrillCall } from './drill-call.ts';
import { drillFormats } from './drill-formats.ts';
import { drilledProject } from './drilled-project.ts';
import { onInterrupt } from './interrupts.ts';
import { Leftovers } from './leftovers.ts';
import { type Progress, plainProgress, silentProgress } from './progress.ts';

/** What drills a project; a test may give its own. */
export type Drilling = (project: Project, options: DrillOptions) => Promise<DrillReport>;

/** `seaworthy drill`: looks at the flags, drills, tells, and says how it went. */
export async function runDrill(call: Call, drilling: Drilling = drillProject): Promise<ExitCode> {
  if (isOn(call.values, 'list')) return list(call);
  if (isOn(call.values, 'sweep')) return sweepKept(call);
  const asked = readDrillCall(call);
  const project = drilledProject(call);
  const report = await watched(call, (onEvent, signal) =>
    drilling(project, {
      ...(asked.services.length > 0 ? { services: asked.services } : {}),
      ...(asked.only.length > 0 ? { only: asked.only } : {}),
      ...(asked.budgetSeconds === undefined ? {} : { budgetSeconds: asked.budgetSeconds }),
      repeat: asked.repeat,
      keep: asked.keep,
      seed: asked.seed,
      ...(asked.attach.length > 0 ? { attach: asked.attach } : {}),
      buildArguments: asked.buildArguments,
      engine: engineOf(call),
      onEvent,
      signal,
    }),
  );
  call.out.write(rendered(call, report, oneText(call.values, 'format') ?? 'text', asked));
  for (const { file, shown, format } of asked.outputs) write(file, shown, rendered(call, report, format, asked, true));
  return exitCode(report, asked.strict);
}

/** Progress on the terminal, or as lines in a pipe; Ctrl-C; and what is left in the end. */
async function watched<T>(
  call: Call,
  work: (onEvent: (event: DrillEvent) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const progress = await progressFor(call);
  const leftovers = new Leftovers();
  const interrupts = onInterrupt(
    (text) => progress.note(text),
    (text) => call.out.warn(`${progress.abandon()}seaworthy: ${text}\n`),
  );
  try {
    return await work((event) => {
      progress.event(event);
      leftovers.take(event);
    }, interrupts.signal);
  } finally {
    interrupts.end();
    await progress.end();
    call.out.warn(leftovers.text());
  }
}

async function progressFor(call: Call): Promise<Progress> {
  if (isOn(call.values, 'quiet')) return silentProgress;
  const isLive = process.stderr.isTTY === true && call.env['TERM'] !== 'dumb' && !call.env['CI'];
  if (!isLive) return plainProgress((line) => call.out.warn(line));
  const { terminalProgress } = await import('./terminal-progress.ts');
  return terminalProgress();
}

function engineOf(call: Call) {
  const host = oneText(call.values, 'host');
  const context = oneText(call.values, 'context');
  if (host !== undefined && context !== undefined)
    throw new SeaworthyError('usage', '--host and --context exclude each other', { hint: 'Leave one out.' });
  return {
    environment: call.env,
    ...(host === undefined ? {} : { host }),
    ...(context === undefined ? {} : { context }),
  };
}

function rendered(call: Call, report: DrillReport, format: string, { strict }: DrillCall, isFile = false): string {
  const render = drillFormats[format];
  if (render) return render(report, { version, strict });
  const { width, color, unicode } = call.out;
  const page = isFile ? { width: 100, color: false, unicode: true } : { width, color, unicode };
  return renderDrillText(report, { ...page, strict, verbose: isOn(call.values, 'verbose') });
}

function write(file: string, shown: string, text: string): void {
  try {
    fs.writeFileSync(file, text);
  } catch (cause) {
    throw new SeaworthyError('unwritable', `The report "${shown}" could not be written`, {
      hint: 'Check the path.',
      cause,
    });
  }
}

/** Inconclusive is no pass: where nothing at all held, nothing was looked at. */
function exitCode({ drills, skipped }: DrillReport, strict: boolean): ExitCode {
  const { broke, inconclusive, held } = tallyDrills(drills);
  const isUnproved = inconclusive > 0 || skipped.some(({ lacking }) => lacking !== undefined);
  if (broke > 0 || (strict && isUnproved)) return ExitCode.NotSeaworthy;
  return held > 0 ? ExitCode.Seaworthy : ExitCode.CouldNotLook;
}

function list(call: Call): ExitCode {
  const { out, values } = call;
  const services = servicesHere(call);
  const cards = allDrills.map((drill): DrillCard => {
    const { id, claim, why, experiment, mission, sources, attach, company } = drill;
    const budgets = services.filter((one) => drill.skip(one) === undefined).map((one) => drill.budget(one));
    const cost = services.length === 0 ? {} : { services: budgets.length, mostSeconds: Math.max(0, ...budgets) };
    return { id, claim, why, experiment, mission, sources, attach, company, ...cost };
  });
  if (oneText(values, 'format') === 'json') out.write(`${JSON.stringify(cards, null, 2)}\n`);
  else out.write(renderDrillList(cards, { color: out.color, width: out.width, unicode: out.unicode }));
  return ExitCode.Seaworthy;
}

/** Drills can be listed anywhere; where a project is, also what each would cost there. */
function servicesHere(call: Call): readonly Service[] {
  try {
    return drilledProject(call).services.filter(({ role }) => role.runs === 'server');
  } catch (error) {
    if (error instanceof SeaworthyError) return [];
    throw error;
  }
}

async function sweepKept(call: Call): Promise<ExitCode> {
  const left: string[] = [];
  const removed = await sweep(await Engine.connect(engineOf(call)), 'kept', (what) => left.push(what));
  if (removed > 0) call.out.write(`Removed ${count(removed, 'thing')} of ours.\n`);
  else if (left.length === 0) call.out.write('Nothing of ours was left.\n');
  for (const what of left) call.out.warn(`seaworthy: could not remove ${visible(what)}\n`);
  return left.length === 0 ? ExitCode.Seaworthy : ExitCode.CouldNotLook;
}
