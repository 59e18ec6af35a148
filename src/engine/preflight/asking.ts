import type { Choice, PreflightQuestion } from '../../core/preflight/question.ts';

/** Questions that the user has not answered yet. */
export interface Asking {
  /** Resolves to the answer, to `none` after `limit` ms or when it is no longer waited for. */
  ask(question: PreflightQuestion, limit: number, signal?: AbortSignal): Promise<Choice>;
  /** An answer of the window; one to a question that is no longer open is passed over. */
  answered(id: number, choice: Choice): void;
  /** Answers all that is open with `none`. */
  dispose(): void;
}

/** `over` hears of each question that nobody waits for any more, unanswered. */
export function createAsking(
  show: (id: number, question: PreflightQuestion) => void,
  over: (id: number) => void = () => undefined,
): Asking {
  const open = new Map<number, (choice: Choice) => void>();
  let last = 0;
  const answered = (id: number, choice: Choice): void => open.get(id)?.(choice);
  return {
    ask: (question, limit, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve('none');
        const id = ++last;
        const patience = setTimeout(() => answered(id, 'none'), limit);
        const leave = (): void => answered(id, 'none');
        signal?.addEventListener('abort', leave);
        open.set(id, (choice) => {
          clearTimeout(patience);
          signal?.removeEventListener('abort', leave);
          open.delete(id);
          if (choice === 'none') over(id);
          resolve(choice);
        });
        show(id, question);
      }),
    answered,
    dispose: () => {
      for (const settle of open.values()) settle('none');
    },
  };
}
