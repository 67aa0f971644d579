import { expect, test } from 'vitest';
import { masked, maskedError, maskedEvent, maskedTimeline, maskFor } from '../../src/drills/masked.ts';
import { SeaworthyError } from '../../src/vocabulary/error.ts';
import { project } from '../model/reading.ts';

const mask = maskFor(
  project({
    'compose.yaml': `
services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: k7Wq2mZp9xRt
    secrets: [signing]
secrets:
  signing:
    file: ./signing.txt
`,
    'signing.txt': 'Vb83nHs0LqEe\n',
  }),
);
const said = 'cannot log in with k7Wq2mZp9xRt or Vb83nHs0LqEe';
const shown = 'cannot log in with *** or ***';

test('no secret of the project is in what a drill tells', () => {
  const timeline = { seconds: 1, series: [], health: [], events: [{ at: 0.5, what: said, by: 'service' }] } as const;
  const told = masked(
    {
      outcome: 'broke',
      summary: said,
      evidence: [
        { name: 'log', value: [said] },
        { name: 'last', value: said },
      ],
      advice: [said],
      timeline,
    },
    mask,
  );
  expect(told).toMatchObject({ summary: shown, advice: [shown], timeline: { events: [{ what: shown }] } });
  expect(told.evidence?.map(({ value }) => value)).toEqual([[shown], shown]);
  expect(maskedTimeline(timeline, mask).events[0]?.what).toBe(shown);
});

test('nor in what it says on the way, nor in why it could not go on', () => {
  const step = { type: 'step', id: 'pid-1', service: 'db', what: said } as const;
  expect(maskedEvent(step, mask)).toEqual({ ...step, what: shown });
  expect(maskedEvent({ type: 'cleaned-up', removed: 2 }, mask)).toEqual({ type: 'cleaned-up', removed: 2 });
  const error = new SeaworthyError('dependency-failed', said, { hint: said });
  expect(maskedError(error, mask)).toMatchObject({ code: 'dependency-failed', message: shown, hint: shown });
  const harmless = new SeaworthyError('interrupted', 'called off');
  expect(maskedError(harmless, mask)).toBe(harmless);
});
