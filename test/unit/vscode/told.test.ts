import assert from 'node:assert/strict';
import { createTold } from '../../../src/vscode/told.ts';
import { outlookOf, questionOf } from '../../support/question.ts';

const { agentLabel, session } = questionOf();
const warning = (estimate: number, more = {}) => {
  const of = { session, agentLabel, model: 'claude-opus-5-5', project: null };
  return { ...of, estimate, reasons: [], inWindow: true, ...more };
};
const question = (p90: number) => questionOf({ outlook: outlookOf({ call: { median: 1, p90, worst: 4 } }) });

describe('what the user was told before a prompt left', () => {
  it('covers its call, and none that costs more', () => {
    const told = createTold();
    told.tell(question(1.7));
    assert.deepEqual(
      [1, 1.7, 1.8].map((usd) => told.covers(warning(usd))),
      [true, true, false],
    );
  });

  it('covers what was said last', () => {
    const told = createTold();
    told.tell(question(1.7));
    told.tell(question(1.2));
    assert.equal(told.covers(warning(1.5)), false);
  });

  it('covers nothing of another session or agent, or before a word was said', () => {
    const told = createTold();
    assert.equal(told.covers(warning(1)), false);
    told.tell(question(1.7));
    assert.equal(told.covers(warning(1, { session: 'other' })), false);
    assert.equal(told.covers(warning(1, { agentLabel: 'Owl' })), false);
  });

  it('covers nothing when no cost was named', () => {
    const told = createTold();
    told.tell(questionOf({ outlook: null }));
    assert.equal(told.covers(warning(0.01)), false);
  });
});
