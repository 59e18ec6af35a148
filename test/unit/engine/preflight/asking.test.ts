import assert from 'node:assert/strict';
import type { PreflightQuestion } from '../../../../src/core/preflight/question.ts';
import { createAsking } from '../../../../src/engine/preflight/asking.ts';

const question: PreflightQuestion = {
  agentLabel: 'Owl',
  kind: 'prompt',
  session: 's1',
  project: null,
  outlook: null,
  findings: [],
  prompt: null,
};
const long = 60_000;

describe('asking', () => {
  it('gives each question its own answer', async () => {
    const shown: number[] = [];
    const asking = createAsking((id, asked) => {
      assert.equal(asked, question);
      shown.push(id);
    });
    const answers = [asking.ask(question, long), asking.ask(question, long)];
    const [first = 0, second = 0] = shown;
    asking.answered(second, 'always');
    asking.answered(first, 'dontSend');
    assert.deepEqual(await Promise.all(answers), ['dontSend', 'always']);
  });

  it('takes silence for none', async () => {
    assert.equal(await createAsking(() => undefined).ask(question, 1), 'none');
  });

  it('says which questions ended unanswered', async () => {
    const over: number[] = [];
    const asking = createAsking(
      (id) => id === 1 && asking.answered(id, 'send'),
      (id) => over.push(id),
    );
    await asking.ask(question, long);
    await asking.ask(question, 1);
    const last = asking.ask(question, long);
    asking.dispose();
    await last;
    assert.deepEqual(over, [2, 3]);
  });

  it('ends a question that is no longer waited for', async () => {
    const [shown, over]: number[][] = [[], []];
    const asking = createAsking(
      (id) => shown?.push(id),
      (id) => over?.push(id),
    );
    const caller = new AbortController();
    const answer = asking.ask(question, long, caller.signal);
    caller.abort();
    assert.equal(await answer, 'none');
    assert.equal(await asking.ask(question, long, caller.signal), 'none');
    assert.deepEqual([shown, over], [[1], [1]]);
  });

  it('passes over an answer to no open question', async () => {
    const shown: number[] = [];
    const asking = createAsking((id) => shown.push(id));
    const answer = asking.ask(question, long);
    asking.answered(99, 'dontSend');
    asking.answered(shown[0] ?? 0, 'send');
    asking.answered(shown[0] ?? 0, 'dontSend');
    assert.equal(await answer, 'send');
  });

  it('leaves nobody waiting when it ends', async () => {
    const asking = createAsking(() => undefined);
    const answers = [asking.ask(question, long), asking.ask(question, long)];
    asking.dispose();
    assert.deepEqual(await Promise.all(answers), ['none', 'none']);
  });

  it('hears an answer that is there at once', async () => {
    const asking = createAsking((id) => asking.answered(id, 'send'));
    assert.equal(await asking.ask(question, long), 'send');
  });
});
