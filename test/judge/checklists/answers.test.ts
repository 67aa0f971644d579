import { describe, expect, test } from 'vitest';
import { checklistItems } from '../../../src/judge/checklists/items.ts';
import { beyondCases } from './cases/beyond.ts';
import { imageCases } from './cases/images.ts';
import { secretCases } from './cases/secrets.ts';
import { serviceCases } from './cases/services.ts';
import { togetherCases } from './cases/together.ts';
import { itemsOf } from './judged.ts';

const cases = [...serviceCases, ...imageCases, ...secretCases, ...togetherCases, ...beyondCases];

describe.each(cases.flatMap((one) => one.items.map((id) => ({ id, ...one }))))(
  '$id: $of',
  ({ id, files, state, evidence, at = [] }) => {
    test(`is ${state}`, () => {
      const item = itemsOf(files).get(id);
      expect(item?.state, item?.evidence).toBe(state);
      if (evidence !== '*') {
        expect(item?.evidence).toBe(evidence);
        expect(item?.at).toEqual(at);
      } else if (at.length > 0) expect(item?.at).toEqual(at);
    });
  },
);

/** Obsolete: no project can pass or fail it. */
const neverDecided = new Set(['CHK4.1']);

test('each item that files decide is seen to pass, and to fail or not to apply', () => {
  for (const { id, answeredBy } of checklistItems) {
    const states = new Set(cases.filter(({ items }) => items.includes(id)).map(({ state }) => state));
    if (answeredBy === 'files' && !neverDecided.has(id)) {
      expect(states, id).toContain('pass');
      expect(states.has('fail') || states.has('not-applicable'), id).toBe(true);
    } else expect(states.size, id).toBeGreaterThan(0);
  }
});
