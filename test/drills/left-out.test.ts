import { expect, test } from 'vitest';
import { leftOut } from '../../src/drills/left-out.ts';
import { allDrills } from '../../src/drills/registry.ts';
import { project } from '../model/reading.ts';

test('of each service that is not drilled is told why', () => {
  const shop = project({
    'compose.yaml': `
services:
  web: {image: nginx}
  migrate: {image: shop, command: [npm, run, migrate], restart: "no"}
  debug: {image: nginx, profiles: [debug]}
`,
  });
  const drilled = shop.services.filter(({ name }) => name === 'web');
  const told = leftOut(shop, drilled, allDrills.slice(0, 1)).map(({ service, because }) => `${service}: ${because}`);
  expect(told).toHaveLength(2);
  expect(told.join('\n')).toMatch(
    /^migrate: it is no service that goes on running: .+; to drill it all the same, name it$/m,
  );
  expect(told).toContain('debug: none of its profiles is active (--profile)');
});
