import assert from 'node:assert/strict';
import { capReason, capsFor, hasHardCap, isPassed, isWithin } from '../../../../src/core/guard/caps.ts';
import type { CapState } from '../../../../src/core/guard/caps.ts';
import type { Cap } from '../../../../src/core/settings.ts';

const caps: Record<string, Cap> = {
  '*': { session: 5, day: 20, month: 100, hard: true },
  '/home/kim/code': { day: 10 },
  '/home/kim/code/shop': { session: 8, month: 50 },
};

describe('caps of a project', () => {
  const rows: readonly (readonly [project: string | null, holds: readonly string[]])[] = [
    [null, ['* session 5 hard', '* day 20 hard', '* month 100 hard']],
    ['/home/kim/play', ['* session 5 hard', '* day 20 hard', '* month 100 hard']],
    ['/home/kim/workshop', ['* session 5 hard', '* day 20 hard', '* month 100 hard']],
    ['/home/kim/code/api', ['* session 5 hard', '* day 20 hard', '* month 100 hard', '/home/kim/code day 10']],
    [
      '/home/kim/code/shop',
      [
        '* day 20 hard',
        '* month 100 hard',
        '/home/kim/code day 10',
        '/home/kim/code/shop session 8',
        '/home/kim/code/shop month 50',
      ],
    ],
  ];
  for (const [project, holds] of rows) {
    it(`are, for ${project}: ${holds.join(', ')}`, () => {
      const found = capsFor(caps, project).map((r) => `${r.folder} ${r.scope} ${r.cap}${r.hard ? ' hard' : ''}`);
      assert.deepEqual(found, holds);
    });
  }

  it('are none when none are set', () => assert.deepEqual(capsFor({}, '/home/kim/code'), []));

  it('are hard when one with a sum is', () => {
    assert.deepEqual([caps, {}, { '*': { hard: true } }, { a: { day: 1 } }].map(hasHardCap), [
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('a folder', () => {
  const rows: readonly (readonly [path: string, folder: string, inside: boolean])[] = [
    ['/a/b', '/a/b', true],
    ['/a/b/c', '/a/b', true],
    ['/a/b/c', '/a/b/', true],
    ['/a/bc', '/a/b', false],
    ['/a', '/a/b', false],
    ['/A/b', '/a', false],
    ['/a\\b/c', '/a\\b', true],
    ['/a', '/', true],
    ['C:\\Work\\Shop', 'c:/work', true],
    ['C:\\Work', 'D:\\Work', false],
    ['\\\\box\\share\\x', '\\\\BOX\\share', true],
  ];
  for (const [path, folder, inside] of rows) {
    it(`${folder} ${inside ? 'holds' : 'does not hold'} ${path}`, () => assert.equal(isWithin(path, folder), inside));
  }
});

describe('a cap', () => {
  const soft: CapState = { scope: 'day', folder: '*', cap: 5, hard: false, spent: 4 };
  const hard: CapState = { ...soft, hard: true };
  const rows: readonly (readonly [name: string, state: CapState, call: number, task: number, passed: boolean])[] = [
    ['soft, with room', soft, 0.1, 0.9, false],
    ['soft, the task would just reach it', soft, 0.1, 1, false],
    ['soft, the task would pass it', soft, 0.1, 1.01, true],
    ['soft, reached', { ...soft, spent: 5 }, 0, 0, true],
    ['hard, the task would pass it', hard, 0.1, 3, false],
    ['hard, the call would pass it', hard, 1.01, 3, true],
    ['hard, nothing known of the call', { ...hard, spent: 4.99 }, 0, 0, false],
    ['hard, reached', { ...hard, spent: 5 }, 0, 0, true],
  ];
  for (const [name, state, call, task, passed] of rows) {
    it(`${name}: ${passed}`, () => assert.equal(isPassed(state, { call, task }), passed));
  }

  it('says what is spent, of what, where, and what may come', () => {
    const ahead = { call: 1.2, task: 2.4 };
    assert.deepEqual(
      [
        soft,
        hard,
        { ...hard, spent: 5.02, scope: 'session' } as const,
        { ...soft, folder: '/w', scope: 'month' } as const,
      ].map((state) => capReason(state, ahead)),
      [
        'Cap: $4.00 of $5.00 spent today, and this task may cost $2.40.',
        'Hard cap: $4.00 of $5.00 spent today, and this call may cost $1.20. To go on, raise it in burnMeter.caps.',
        'Hard cap of $5.00 reached: $5.02 spent in this session. To go on, raise it in burnMeter.caps.',
        'Cap: $4.00 of $5.00 spent this month in /w, and this task may cost $2.40.',
      ],
    );
  });
});
