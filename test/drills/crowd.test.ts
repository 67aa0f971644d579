import { expect, test } from 'vitest';
import { crowdFrom } from '../../src/drills/health/crowd.ts';

const stat = 'cpu  1 2 3\ncpu0 1 2 3\ncpu1 1 2 3\nintr 5\n';

test.each([
  ['8.01 3.00 1.00 1/200 4711', stat, '8 processes want its 2 CPUs'],
  ['8.00 30.0 10.0 1/200 4711', stat, undefined],
  ['99.0 30.0 10.0 1/200 4711', '', undefined],
  ['', stat, undefined],
])('%j', (load, text, expected) => {
  expect(crowdFrom(load, text)).toBe(expected);
});
