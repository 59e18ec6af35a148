import { priceRows } from '../core/pricing/rateCard.ts';
import type { Action } from '../core/actions.ts';
import type { FromEngine } from '../core/protocol.ts';
import type { Query } from '../core/query.ts';
import { messageOf } from './messageOf.ts';
import type { Desk } from './preflight/desk.ts';
import type { Prices } from './prices.ts';
import { createQueryThread } from './queryThread.ts';
import type { ServiceOptions } from './serviceOptions.ts';

export interface AnsweringParts {
  readonly ledgerPath: string;
  readonly timeZone: string;
  readonly prices: Prices;
  readonly desk: Desk;
}

/** What the extension host asks, and what it asks to be done; every id gets an answer or a failure. */
export interface Answering {
  ask(id: number, query: Query): void;
  act(id: number, action: Action): void;
  dispose(): void;
}

export function createAnswering({ now, send, entry }: ServiceOptions, parts: AnsweringParts): Answering {
  const { ledgerPath, timeZone, prices, desk } = parts;
  const settle = (id: number, found: Extract<FromEngine, { type: 'answer' }>['answer'] | Error): void => {
    if (found instanceof Error) send({ type: 'failure', id, message: found.message });
    else send({ type: 'answer', id, answer: found });
  };
  const thread = createQueryThread(entry, { ledgerPath, timeZone }, settle);
  return {
    ask: (id, query) => {
      if (query.kind !== 'prices') return thread.ask(id, query, now());
      return settle(id, { rows: priceRows(prices.card()), refreshedAt: prices.refreshedAt() });
    },
    act: (id, action) => {
      void desk.act(action).then(
        (answer) => settle(id, answer),
        (error: unknown) => settle(id, new Error(messageOf(error))),
      );
    },
    dispose: () => thread.dispose(),
  };
}
