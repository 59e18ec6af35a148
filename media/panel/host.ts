import type { FromPanel } from '../../src/core/panelProtocol.ts';
import type { Answers, Query } from '../../src/core/query.ts';
import { answerSchemas } from './messages.ts';

/** What VS Code gives a webview, once. */
export interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: unknown): void;
}

type QueryOf<K extends Query['kind']> = Extract<Query, { kind: K }>;

export interface Host {
  post(message: FromPanel): void;
  /** Rejects with a text for people when the engine fails, answers nonsense or stays silent for `patience` ms. */
  ask<K extends Query['kind']>(query: QueryOf<K>): Promise<Answers[K]>;
  answer(id: number, answer: unknown): void;
  fail(id: number, message: string): void;
}

/** How long an answer may take, ms. A query over years of records takes well under a second. */
const patience = 15_000;

interface Pending {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

export function createHost(api: Pick<VsCodeApi, 'postMessage'>, later: (ms: number, run: () => void) => void): Host {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  const take = (id: number): Pending | undefined => {
    const found = pending.get(id);
    pending.delete(id);
    return found;
  };
  const fail = (id: number, message: string): void => take(id)?.reject(new Error(message));

  const post = (message: FromPanel): void => api.postMessage(message);

  return {
    post,
    ask<K extends Query['kind']>(query: QueryOf<K>): Promise<Answers[K]> {
      const id = ++lastId;
      const answered = new Promise<unknown>((resolve, reject) => pending.set(id, { resolve, reject }));
      post({ type: 'query', id, query });
      later(patience, () => fail(id, 'The engine does not answer.'));
      return answered.then((answer) => understand<K>(query.kind, answer));
    },
    answer: (id, answer) => take(id)?.resolve(answer),
    fail,
  };
}

function understand<K extends Query['kind']>(kind: K, answer: unknown): Answers[K] {
  const parsed = answerSchemas[kind].safeParse(answer);
  if (!parsed.success) throw new Error('The engine gave an answer this panel cannot read.');
  return parsed.data;
}
