import type { Choice, PreflightQuestion } from '../core/preflight/question.ts';

/** How a question reaches the user, and its answer the engine. */
export interface QueueOptions {
  /** Puts one question to the user. */
  readonly show: (question: PreflightQuestion) => Promise<Choice>;
  readonly answer: (id: number, choice: Choice) => void;
  /** The user's choice reached the engine. */
  readonly chosen: (question: PreflightQuestion, choice: Choice) => void;
  /** The user chose, and nobody waited for it any more. */
  readonly tooLate: (question: PreflightQuestion, choice: Choice) => void;
}

/** Pre-flight questions, one at a time, in the order they came. */
export interface QuestionQueue {
  ask(id: number, question: PreflightQuestion): void;
  /** Nobody waits for that answer any more. A question on show stays there, and does nothing. */
  over(id: number): void;
  /** Nobody waits for any of them: the engine that asked has ended. */
  overAll(): void;
}

interface Asked {
  readonly id: number;
  readonly question: PreflightQuestion;
}

export function createQuestionQueue({ show, answer, chosen, tooLate }: QueueOptions): QuestionQueue {
  let waiting: readonly Asked[] = [];
  let shown: Asked | null = null;
  let isOver = false;

  const settle = ({ id, question }: Asked, choice: Choice): void => {
    shown = null;
    if (isOver) return tooLate(question, choice);
    answer(id, choice);
    if (choice === 'always') answerRest(question, choice);
    chosen(question, choice);
  };
  /** What holds for the session holds for its questions that wait. */
  const answerRest = (of: PreflightQuestion, choice: Choice): void => {
    const isSame = ({ question }: Asked): boolean =>
      question.session === of.session && question.agentLabel === of.agentLabel;
    for (const asked of waiting.filter(isSame)) answer(asked.id, choice);
    waiting = waiting.filter((asked) => !isSame(asked));
  };
  const next = (): void => {
    const [first, ...rest] = waiting;
    if (shown !== null || first === undefined) return;
    [shown, waiting, isOver] = [first, rest, false];
    void show(first.question)
      // A dialog that cannot be shown holds nobody up.
      .catch((): Choice => 'none')
      .then((choice) => settle(first, choice))
      .finally(next);
  };
  return {
    ask(id, question) {
      waiting = [...waiting, { id, question }];
      next();
    },
    over(id) {
      waiting = waiting.filter((asked) => asked.id !== id);
      if (shown?.id === id) isOver = true;
    },
    overAll() {
      waiting = [];
      if (shown !== null) isOver = true;
    },
  };
}
