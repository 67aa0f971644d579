import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** A small project of which it is known how it fares; see README.md. */
export interface Ship {
  /** `graceful-stop/sinks-exits-at-once`: its folder below this one. */
  readonly name: string;
  /** The drill that it is for; `every-drill` for one that none calls broken, or none can tell anything about. */
  readonly drill: string;
  readonly fate: 'sinks' | 'floats' | 'cannot-tell';
  readonly folder: string;
  readonly service: string;
  /** Of one that sinks: the sound one that differs from it in the fault alone. */
  readonly twin: string | undefined;
  /** The first line of its Compose file: what is wrong with it, or how it does right. */
  readonly story: string;
}

export const shipyard = import.meta.dirname;

const fates = ['sinks', 'floats', 'cannot-tell'] as const;

/** All ships but the lessons' programs, of which nobody says beforehand how they fare. */
export function fleet(): readonly Ship[] {
  const ships: Ship[] = [];
  for (const drill of foldersIn(shipyard))
    for (const name of foldersIn(path.join(shipyard, drill))) {
      const fate = fates.find((one) => name.startsWith(`${one}-`));
      if (fate) ships.push(shipIn(drill, name, fate));
      else if (drill !== 'lessons') throw new Error(`test/ships/${drill}/${name}: how does it fare?`);
    }
  return ships;
}

function shipIn(drill: string, folder: string, fate: Ship['fate']): Ship {
  const name = `${drill}/${folder}`;
  const text = fs.readFileSync(path.join(shipyard, name, 'compose.yaml'), 'utf8');
  const compose: { 'x-ship'?: { twin?: string; service?: string } } = parse(text);
  const { twin = `${drill}/${folder.replace('sinks-', 'floats-')}`, service = 'web' } = compose['x-ship'] ?? {};
  return {
    name,
    drill,
    fate,
    folder: path.join(shipyard, name),
    service,
    twin: fate === 'sinks' ? twin : undefined,
    story: /^# (.*)$/m.exec(text)?.[1] ?? '',
  };
}

function foldersIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
