import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Find } from './messages.ts';

/** Many runs fall into the same hole: what differs only in numbers and quoted names is the same fault. */
export function sameFault(fault: string): string {
  return fault
    .split('\n', 3)
    .join('\n')
    .replace(/"[^"]*"/g, '"…"')
    .replace(/\d+/g, '0');
}

/** Writes a find as a project to judge again, and says where. */
export function keepFind(folder: string, seed: number, find: Find): string {
  const place = path.join(folder, `${seed}-${find.run}`);
  for (const [name, text] of Object.entries(find.files)) {
    const file = path.join(place, 'project', name);
    // A fixture's names are tame, and a damaged project has the names of its sample.
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  const hash = createHash('sha256').update(JSON.stringify(find.files)).digest('hex').slice(0, 12);
  fs.writeFileSync(
    path.join(place, 'fault.txt'),
    `${find.fault}\n\nsample ${find.sample}, run ${find.run}, seed ${seed}, input ${hash}\n`,
  );
  return place;
}
