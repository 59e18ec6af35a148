import assert from 'node:assert/strict';
import type { HookEvent } from '../../../../src/core/preflight/event.ts';
import { createBlockOnce } from '../../../../src/engine/preflight/blockOnce.ts';
import { owlEvent } from '../../../support/plainAdapter.ts';

const prompt = (text: string, known: Partial<HookEvent> = {}): HookEvent =>
  owlEvent({ prompt: text, text, cwd: '/a', ...known });
const call = owlEvent({ kind: 'nextCall', prompt: null, text: null });

/** Events in order, with ms between them, and which of them pass. Each that does not is blocked. */
const cases: readonly (readonly [name: string, events: readonly HookEvent[], apart: number, passes: string])[] = [
  ['a prompt that is sent again', [prompt('a'), prompt('a')], 1000, 'no yes'],
  ['once for each time', [prompt('a'), prompt('a'), prompt('a'), prompt('a')], 1000, 'no yes no yes'],
  ['not another prompt', [prompt('a'), prompt('b')], 1000, 'no no'],
  ['after another prompt in between', [prompt('a'), prompt('b'), prompt('a')], 1000, 'no no yes'],
  ['in a new session of a command line', [prompt('a'), prompt('a', { session: 's2' })], 1000, 'no yes'],
  ['not in another folder', [prompt('a'), prompt('a', { cwd: '/b' })], 1000, 'no no'],
  ['not of another agent', [prompt('a'), prompt('a', { agent: 'lark' })], 1000, 'no no'],
  ['not after a long time', [prompt('a'), prompt('a')], 700_000, 'no no'],
  ['no call that the model tries again by itself', [call, call, call], 1000, 'no no no'],
  ['a call once the user has gone on', [call, prompt('go on'), call, call], 1000, 'no yes yes yes'],
  ['no call of another session', [call, prompt('go on'), { ...call, session: 's2' }], 1000, 'no yes no'],
];

describe('block once', () => {
  for (const [name, events, apart, passes] of cases) {
    it(`lets pass ${name}`, () => {
      let now = 0;
      const once = createBlockOnce(() => now);
      const found = events.map((event) => {
        now += apart;
        const passed = once.passes(event);
        if (!passed) once.block(event);
        return passed ? 'yes' : 'no';
      });
      assert.equal(found.join(' '), passes);
    });
  }
});
