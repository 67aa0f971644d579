import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { allDrills } from '../../src/drills/registry.ts';
import { differences } from './differences.ts';
import { fleet, shipyard } from './fleet.ts';
import { ownTrials } from './trial.ts';

const ships = fleet();

test.each(allDrills.map(({ id }) => id))('%s has a ship of each kind', (id) => {
  const expected = new Set(
    ownTrials(ships)
      .filter(({ drill }) => drill === id)
      .map(({ expects }) => expects),
  );
  expect([...expected].sort()).toEqual(['broke', 'held', 'inconclusive']);
});

test('every ship is for a drill that there is, and says what it is about', () => {
  const ids = ['every-drill', ...allDrills.map(({ id }) => id)];
  for (const { drill, name, story } of ships) {
    expect(ids, name).toContain(drill);
    expect(story, name).toMatch(/^.{10,}\.$/);
  }
});

const sinking = ships.filter(({ fate }) => fate === 'sinks').map((ship) => [ship.name, ship] as const);
test.each(sinking)('%s differs from its twin in its fault', async (_, ship) => {
  const twin = ships.find(({ name }) => name === ship.twin);
  expect(twin?.fate, `twin ${ship.twin}`).toBe('floats');
  const lines = await differences(twin!.folder, ship.folder);
  expect(lines.length, lines.join('\n')).toBeGreaterThan(0);
  // A fault that takes more is another program.
  expect(lines.length, lines.join('\n')).toBeLessThanOrEqual(15);
});

test('the README has them all', () => {
  const readme = fs.readFileSync(path.join(shipyard, 'README.md'), 'utf8');
  for (const { name, story } of ships) expect(readme).toContain(`| \`${name}\` | ${story} |`);
});
