import assert from 'node:assert/strict';
import type { Choice, PreflightQuestion } from '../../../src/core/preflight/question.ts';
import { createQuestionQueue } from '../../../src/vscode/questionQueue.ts';
import type { QuestionQueue } from '../../../src/vscode/questionQueue.ts';
import { questionOf } from '../../support/question.ts';

interface Rig {
  readonly queue: QuestionQueue;
  /** Everything that happened, in order. */
  readonly seen: string[];
  /** The user answers the question on show; resolves when all of it has been heard. */
  readonly choose: (choice: Choice | Error) => Promise<void>;
}

function rig(): Rig {
  const seen: string[] = [];
  let decide: ((choice: Choice | Error) => void) | null = null;
  const named = (what: string) => (question: PreflightQuestion, choice: Choice) =>
    void seen.push(`${what} ${question.session} ${choice}`);
  const queue = createQuestionQueue({
    show: (question) => {
      seen.push(`shown ${question.session}`);
      return new Promise((resolve, reject) => {
        decide = (choice) => (choice instanceof Error ? reject(choice) : resolve(choice));
      });
    },
    answer: (id, choice) => void seen.push(`answer ${id} ${choice}`),
    chosen: named('chosen'),
    tooLate: named('too late'),
  });
  return {
    queue,
    seen,
    async choose(choice) {
      decide?.(choice);
      // Promises settle before the next turn of the loop.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const of = (session: string, agentLabel = 'Owl'): PreflightQuestion => questionOf({ session, agentLabel });

describe('pre-flight questions', () => {
  it('are put one at a time, in their order', async () => {
    const { queue, seen, choose } = rig();
    queue.ask(1, of('a'));
    queue.ask(2, of('b'));
    assert.deepEqual(seen, ['shown a']);
    await choose('send');
    assert.deepEqual(seen, ['shown a', 'answer 1 send', 'chosen a send', 'shown b']);
    await choose('dontSend');
    assert.deepEqual(seen.slice(4), ['answer 2 dontSend', 'chosen b dontSend']);
  });

  it('do nothing once their time is over', async () => {
    const { queue, seen, choose } = rig();
    queue.ask(1, of('a'));
    queue.over(1);
    await choose('dontSend');
    assert.deepEqual(seen, ['shown a', 'too late a dontSend']);
    queue.ask(2, of('b'));
    await choose('send');
    assert.deepEqual(seen.slice(2), ['shown b', 'answer 2 send', 'chosen b send']);
  });

  it('are not put when their time is over before', async () => {
    const { queue, seen, choose } = rig();
    queue.ask(1, of('a'));
    queue.ask(2, of('b'));
    queue.ask(3, of('c'));
    queue.over(2);
    await choose('send');
    assert.deepEqual(seen.slice(3), ['shown c']);
  });

  it('are all void when the engine that asked has ended', async () => {
    const { queue, seen, choose } = rig();
    queue.ask(1, of('a'));
    queue.ask(2, of('b'));
    queue.overAll();
    // The next engine counts from the start again.
    queue.ask(1, of('c'));
    await choose('always');
    assert.deepEqual(seen, ['shown a', 'too late a always', 'shown c']);
    await choose('send');
    assert.deepEqual(seen.slice(3), ['answer 1 send', 'chosen c send']);
  });

  it('are answered for a whole session', async () => {
    const { queue, seen, choose } = rig();
    queue.ask(1, of('a'));
    queue.ask(2, of('a'));
    queue.ask(3, of('a', 'Otter'));
    await choose('always');
    assert.deepEqual(seen, ['shown a', 'answer 1 always', 'answer 2 always', 'chosen a always', 'shown a']);
    await choose('send');
    assert.deepEqual(seen.slice(5), ['answer 3 send', 'chosen a send']);
  });

  it('hold nobody up when they cannot be shown', async () => {
    const { queue, seen, choose } = rig();
    queue.ask(1, of('a'));
    queue.ask(2, of('b'));
    await choose(new Error('no window'));
    assert.deepEqual(seen, ['shown a', 'answer 1 none', 'chosen a none', 'shown b']);
  });
});
