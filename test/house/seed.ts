import fc from 'fast-check';

/**
 * Property tests draw the same cases in every run, so that a change is green or red for its own sake.
 * `SEAWORTHY_SEED=random npm test` draws others: to be done now and then, and what it finds becomes a test.
 */
const wanted = process.env['SEAWORTHY_SEED'] ?? '20261121';
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
