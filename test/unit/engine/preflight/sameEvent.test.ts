import assert from 'node:assert/strict';
import type { HookDecision, HookEvent } from '../../../../src/core/preflight/event.ts';
import { createSameEvent } from '../../../../src/engine/preflight/sameEvent.ts';
import { later } from '../../../support/later.ts';
import { owlEvent } from '../../../support/plainAdapter.ts';

const allow: HookDecision = { kind: 'allow' };
const deny: HookDecision = { kind: 'deny', reason: 'no' };
const stays = new AbortController().signal;

/** Two events, the ms between them, what the first came to, and whether they are one. */
const cases: readonly (readonly [string, Partial<HookEvent>, Partial<HookEvent>, number, HookDecision, boolean])[] = [
  ['the same name', { id: 'p1' }, { id: 'p1' }, 30_000, allow, true],
  ['the same name, much later', { id: 'p1' }, { id: 'p1' }, 700_000, allow, false],
  ['the same name, held back and sent again', { id: 'p1' }, { id: 'p1' }, 1500, deny, false],
  ['the same name, held back, at once', { id: 'p1' }, { id: 'p1' }, 200, deny, true],
  ['another name', { id: 'p1' }, { id: 'p2' }, 0, allow, false],
  ['the same name in another session', { id: 'p1' }, { id: 'p1', session: 's2' }, 0, allow, false],
  ['the same name of another agent', { id: 'p1' }, { id: 'p1', agent: 'lark' }, 0, allow, false],
  ['the same name of another kind', { id: 'p1' }, { id: 'p1', kind: 'nextCall' }, 0, allow, false],
  ['the same text without a name', {}, {}, 200, allow, true],
  ['the same text without a name, later', {}, {}, 1500, allow, false],
  ['another text without a name', {}, { prompt: 'whoo', text: 'whoo' }, 0, allow, false],
];

describe('same event', () => {
  for (const [name, first, second, apart, decision, isOne] of cases) {
    it(`takes ${name} for ${isOne ? 'one' : 'two'}`, async () => {
      let [now, works] = [1_000_000, 0];
      const same = createSameEvent(() => now);
      const work = (): Promise<HookDecision> => {
        works += 1;
        return Promise.resolve(decision);
      };
      await same.decide(owlEvent(first), stays, work);
      now += apart;
      assert.deepEqual(await same.decide(owlEvent(second), stays, work), decision);
      assert.equal(works, isOne ? 1 : 2);
    });
  }

  it('shares an answer that is awaited, however long', async () => {
    let now = 0;
    const { promise, resolve } = later<HookDecision>();
    const same = createSameEvent(() => now);
    const first = same.decide(owlEvent(), stays, () => promise);
    now = 100_000;
    const second = same.decide(owlEvent(), stays, () => Promise.reject(new Error('asked twice')));
    resolve(deny);
    assert.deepEqual(await Promise.all([first, second]), [deny, deny]);
  });

  it('does not keep a failure', async () => {
    const same = createSameEvent(() => 0);
    await assert.rejects(same.decide(owlEvent(), stays, () => Promise.reject(new Error('owl'))));
    assert.deepEqual(await same.decide(owlEvent(), stays, () => Promise.resolve(allow)), allow);
  });

  it('is over when none of its hooks waits, and not before', async () => {
    const { promise, resolve } = later<HookDecision>();
    const same = createSameEvent(() => 0);
    const [first, second] = [new AbortController(), new AbortController()];
    const signals: AbortSignal[] = [];
    const work = (signal: AbortSignal): Promise<HookDecision> => {
      signals.push(signal);
      return promise;
    };
    void same.decide(owlEvent({ id: 'p1' }), first.signal, work);
    void same.decide(owlEvent({ id: 'p1' }), second.signal, work);
    first.abort();
    assert.deepEqual([signals.length, signals[0]?.aborted], [1, false]);
    second.abort();
    assert.equal(signals[0]?.aborted, true);
    // What is sent again is decided anew, whatever became of the first.
    void same.decide(owlEvent({ id: 'p1' }), stays, work);
    resolve(allow);
    await promise;
    void same.decide(owlEvent({ id: 'p1' }), AbortSignal.abort(), work);
    assert.deepEqual([signals.length, signals[1]?.aborted], [2, false]);
  });
});
