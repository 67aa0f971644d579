import { describe, expect, test } from 'vitest';
import { judgeTraces } from '../../../src/drills/secrets/verdict.ts';

const sound = {
  given: [{ name: 'KEY', by: 'file' as const }],
  traces: [],
  notes: [],
  places: ['docker inspect'],
  image: { traces: [], searched: 'its history', unseen: undefined },
  isPlanted: true,
  weak: [],
};
type Seen = Parameters<typeof judgeTraces>[0];

describe('the verdict', () => {
  test.each<[string, Partial<Seen>, string, string]>([
    ['nothing seen', {}, 'held', 'Its secret was seen nowhere but where it belongs'],
    ['nothing given', { given: [] }, 'held', 'It is given no secret, and its image holds none of the project’s'],
    ['seen', { traces: [{ secret: 'KEY', place: 'its log' }] }, 'broke', 'One secret shows: KEY in its log'],
    [
      'seen in the image',
      {
        image: {
          traces: [{ secret: 'TOKEN', place: 'the history of its image (docker history)' }],
          searched: '',
          unseen: undefined,
        },
      },
      'broke',
      'One secret shows: TOKEN in the history of its image (docker history)',
    ],
    [
      'layers not read',
      { image: { traces: [], searched: '', unseen: 'the layers of its image, of 3.0 GiB' } },
      'inconclusive',
      'None was seen, but not looked through: the layers of its image, of 3.0 GiB',
    ],
    [
      'a common word cannot be looked for',
      { isPlanted: false, weak: ['PASSWORD'] },
      'inconclusive',
      'None was seen, but not looked through: PASSWORD, too common to be looked for',
    ],
    // An entrypoint that reads its file into its environment: nobody but its own user sees that.
    [
      'read from its file by its own process',
      { notes: [{ secret: 'KEY', place: 'KEY of node (PID 1)' }] },
      'held',
      'Its secret was seen nowhere but where it belongs',
    ],
  ])('%s', (_, change, outcome, summary) => {
    expect(judgeTraces({ ...sound, ...change })).toMatchObject({ outcome, summary });
  });

  test('advice is for what was seen', () => {
    const traces = [{ secret: 'DB_PASSWORD', place: 'its environment (docker inspect: DB_PASSWORD)' }];
    expect(judgeTraces({ ...sound, traces }).advice).toEqual([
      'secrets: [db_password], and in the environment DB_PASSWORD_FILE: /run/secrets/db_password instead of DB_PASSWORD',
    ]);
  });
});
