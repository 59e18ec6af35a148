import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { reconcile } from '../../../src/core/identity.ts';
import type { Identity } from '../../../src/core/identity.ts';

const group = 'claude:msg_1';
const one: Identity = { id: 'a', group, replay: false, rank: 1, at: 10, session: 's' };

/** Small ranges, so that records meet in every way. */
const identity: fc.Arbitrary<Identity> = fc.record({
  id: fc.constantFrom('a', 'b', 'c'),
  group: fc.constant(group),
  replay: fc.boolean(),
  rank: fc.constantFrom(1, 2),
  at: fc.constantFrom(10, 20),
  session: fc.constantFrom('s', 't'),
});

describe('identity of calls', () => {
  it('a replay yields to the original, whichever comes first', () => {
    const replay = { ...one, id: 'b', replay: true, rank: 9 };
    assert.deepEqual(reconcile([one], replay), { keep: false, drop: [] });
    assert.deepEqual(reconcile([replay], one), { keep: true, drop: ['b'] });
  });

  it('the more complete of two records of one call stays', () => {
    const complete = { ...one, rank: 2, at: 20 };
    assert.deepEqual(reconcile([one], complete), { keep: true, drop: ['a'] });
    assert.deepEqual(reconcile([complete], one), { keep: false, drop: [] });
  });

  it('calls that share a gateway’s message id all stay', () => {
    assert.deepEqual(reconcile([one], { ...one, id: 'b' }), { keep: true, drop: [] });
  });

  it('the same record again changes nothing', () => {
    assert.deepEqual(reconcile([one], one), { keep: false, drop: [] });
  });

  it('the outcome does not depend on the order of reading, nor on reading twice', () => {
    fc.assert(
      fc.property(fc.array(identity, { maxLength: 5 }), (records) => {
        const wanted = written(survivors(records));
        for (const order of permutations(records)) {
          assert.deepEqual(written(fold(order)), wanted);
          assert.deepEqual(written(fold([...order, ...records])), wanted);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** The rule without order: the best record of each original; without originals the best replay. */
function survivors(records: readonly Identity[]): readonly Identity[] {
  const originals = records.filter((r) => !r.replay);
  if (originals.length === 0) return records.length === 0 ? [] : [best(records)];
  return [...new Set(originals.map((r) => r.id))].map((id) => best(originals.filter((r) => r.id === id)));
}

const order = (r: Identity): string => `${9 - r.rank} ${r.at} ${r.session} ${r.id}`;

function best(records: readonly Identity[]): Identity {
  return records.reduce((a, b) => (order(b) < order(a) ? b : a));
}

function fold(records: readonly Identity[]): readonly Identity[] {
  return records.reduce<readonly Identity[]>((kept, record) => {
    const { keep, drop } = reconcile(kept, record);
    const rest = kept.filter((r) => !drop.includes(r.id));
    return keep ? [...rest, record] : rest;
  }, []);
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

function written(records: readonly Identity[]): readonly string[] {
  return records.map((r) => `${r.id} ${r.replay} ${r.rank} ${r.at} ${r.session}`).toSorted();
}
