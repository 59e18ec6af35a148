import assert from 'node:assert/strict';
import type { PreflightQuestion } from '../../../../src/core/preflight/question.ts';
import { askedText, heldText, refusedText } from '../../../../src/core/preflight/refusal.ts';
import { outlook } from '../../../support/hookEvent.ts';

const question: PreflightQuestion = {
  agentLabel: 'Owl',
  kind: 'prompt',
  session: 's1',
  project: null,
  outlook: outlook({ task: { median: 0.42, p90: 1.2 }, call: { median: 0.1, p90: 0.3, worst: null } }),
  findings: [
    { rule: 'heavyTask', action: 'ask', reason: '6 times your median task' },
    { rule: 'cap', action: 'deny', reason: 'The cap of $5 a day is spent.' },
  ],
  prompt: null,
};
const unknown = { ...question, outlook: null };

const texts: readonly (readonly [what: string, said: string, expected: string])[] = [
  ['a no of the user', refusedText(question, 'user'), 'Burn Meter: not sent, as you chose in VS Code.'],
  ['a no of a cap', refusedText(question, 'cap'), 'Burn Meter refused this. The cap of $5 a day is spent.'],
  [
    'what a prompt may cost, and what to do',
    heldText(question),
    'Burn Meter held this back. This task may cost about $0.42 (9 in 10 stay below $1.20). 6 times your median task. The cap of $5 a day is spent. Send it again to go on.',
  ],
  [
    'what the next call may cost, and what to do',
    heldText({ ...question, kind: 'nextCall', findings: [] }),
    'Burn Meter held this back. The next call may cost about $0.10 (9 in 10 stay below $0.30). Write "continue" to go on.',
  ],
  [
    'the reasons alone where the cost is not known',
    askedText(unknown),
    '6 times your median task. The cap of $5 a day is spent.',
  ],
];

describe('refusal', () => {
  for (const [what, said, expected] of texts) it(`says ${what}`, () => assert.equal(said, expected));
});
