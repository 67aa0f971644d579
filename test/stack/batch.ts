import fs from 'node:fs';
import path from 'node:path';

/** Fixtures that have nothing but services, and no files: most of them. */
export function canBeBatched(folder: string): boolean {
  const text = fs.readFileSync(path.join(folder, 'compose.yaml'), 'utf8');
  return fs.readdirSync(folder).length === 1 && text.match(/^\S/gm)?.length === 1;
}

/**
 * One project with the services of many fixtures, each called for its fixture: to start the Compose plugin and to make a
 * network for each of them took 0.5 s a fixture, 95 s in all; this way, all of them take a few seconds.
 */
export function writeBatch(target: string, folders: readonly string[]): void {
  const services = folders.map((folder) => {
    const name = path.basename(folder);
    const [, ...lines] = fs.readFileSync(path.join(folder, 'compose.yaml'), 'utf8').trimEnd().split('\n');
    return lines
      .map((line) => line.replace(/^ {2}web:/, `  ${name}:`).replaceAll(/\b(db|base)\b/g, `${name}-$1`))
      .join('\n');
  });
  fs.writeFileSync(path.join(target, 'compose.yaml'), `services:\n${services.join('\n')}\n`);
}

/** Of all that was seen of a batch, what belongs to one fixture, as if it had been alone. */
export function partOf(fields: ReadonlyMap<string, string>, fixture: string): Map<string, string> {
  const own = new Map<string, string>();
  for (const [key, value] of fields) {
    const space = key.indexOf(' ');
    const match = /^(.*?)(-db|-base)?-(\d+)$/.exec(key.slice(0, space));
    if (match?.[1] !== fixture) continue;
    const service = match[2]?.slice(1) ?? 'web';
    const rest = key.slice(space).replaceAll(`<${fixture}-`, '<web-');
    own.set(`${service}-${match[3]}${rest}`, value);
  }
  return own;
}
