import fs from 'node:fs';
import path from 'node:path';
import { allDrills } from '../../drills/registry.ts';
import { parseDuration } from '../../vocabulary/duration.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import { type Call, isOn, oneText, texts } from '../command.ts';
import { nearestName } from '../nearest-name.ts';
import { formatOfFile } from './drill-formats.ts';

/** What the flags of one call ask for, looked at before anything is begun. */
export interface DrillCall {
  readonly services: readonly string[];
  readonly only: readonly string[];
  readonly repeat: number;
  readonly budgetSeconds: number | undefined;
  readonly keep: boolean;
  readonly seed: boolean;
  /** Names of containers that run already. */
  readonly attach: readonly string[];
  readonly strict: boolean;
  readonly buildArguments: Readonly<Record<string, string>>;
  /** Absolute paths, each with the name of its format. */
  readonly outputs: readonly { readonly file: string; readonly shown: string; readonly format: string }[];
}

/** Throws `usage` or `unknown-drill`. */
export function readDrillCall(call: Call): DrillCall {
  const { values } = call;
  return {
    services: call.operands,
    only: texts(values, 'only').flatMap((given) => given.split(',').map((name) => known(name.trim()))),
    repeat: repeatOf(oneText(values, 'repeat')),
    budgetSeconds: budgetOf(oneText(values, 'budget')),
    keep: isOn(values, 'keep'),
    seed: isOn(values, 'seed'),
    attach: texts(values, 'attach'),
    strict: isOn(values, 'strict'),
    buildArguments: Object.fromEntries(texts(values, 'build-arg').map((given) => pairOf(given, call))),
    outputs: texts(values, 'output').map((shown) => outputOf(call.cwd, shown)),
  };
}

function known(name: string): string {
  const ids = allDrills.map(({ id }) => id);
  if (ids.includes(name)) return name;
  const near = nearestName(name, ids);
  throw new SeaworthyError('unknown-drill', `There is no drill "${name}"`, {
    hint: near ? `Did you mean ${near}? seaworthy drill --list shows all.` : 'seaworthy drill --list shows all.',
  });
}

function repeatOf(text: string | undefined): number {
  if (text === undefined) return 1;
  const times = Number(text);
  if (/^\d+$/.test(text) && times >= 1 && times <= 1000) return times;
  throw new SeaworthyError('usage', '--repeat takes a number from 1 to 1000', { hint: 'seaworthy drill --repeat 5' });
}

function budgetOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = parseDuration(text);
  if (ms !== undefined && ms >= 1000) return ms / 1000;
  throw new SeaworthyError('usage', `--budget takes a time of a second or more, not "${text}"`, {
    hint: 'seaworthy drill --budget 5m',
  });
}

/** As the docker command has it: `NAME` alone takes its value from the environment. */
function pairOf(given: string, { env }: Call): [string, string] {
  const at = given.indexOf('=');
  const name = at === -1 ? given : given.slice(0, at);
  const value = at === -1 ? env[name] : given.slice(at + 1);
  if (name !== '' && value !== undefined) return [name, value];
  throw new SeaworthyError('usage', '--build-arg takes NAME=VALUE, or the NAME of a variable that is set', {
    hint: 'seaworthy drill --build-arg VERSION=1.2.3',
  });
}

/** A run of minutes must not end with a file that could never be written. */
function outputOf(cwd: string, shown: string): DrillCall['outputs'][number] {
  const file = path.resolve(cwd, shown);
  const format = formatOfFile(file);
  try {
    fs.accessSync(path.dirname(file), fs.constants.W_OK);
    if (fs.existsSync(file)) fs.accessSync(file, fs.constants.W_OK);
  } catch (cause) {
    throw new SeaworthyError('usage', `The report "${shown}" could not be written`, { hint: 'Check the path.', cause });
  }
  return { file, shown, format };
}
