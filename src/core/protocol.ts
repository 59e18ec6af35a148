import * as z from 'zod';
import { actionSchema } from './actions.ts';
import type { Action, ActionAnswers } from './actions.ts';
import type { PreflightQuestion } from './preflight/question.ts';
import { querySchema } from './query.ts';
import type { Answers, Query } from './query.ts';
import { settingsSchema } from './settings.ts';
import type { Snapshot } from './snapshot.ts';

// Extension host ↔ engine process. The webview's messages are in panelProtocol.ts.

export const toEngineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    settings: settingsSchema,
    /** Absolute paths of the window's folders. */
    folders: z.array(z.string()),
    timeZone: z.string(),
    /** Shown with every figure when the metered machine is not the one in front of the user. */
    host: z.string(),
    /** Whether the user trusts the window's workspace; nothing is installed, served or changed in one that is not. */
    trusted: z.boolean(),
  }),
  z.object({ type: z.literal('trust') }),
  z.object({ type: z.literal('settings'), settings: settingsSchema }),
  z.object({ type: z.literal('folders'), folders: z.array(z.string()) }),
  z.object({ type: z.literal('focus'), focused: z.boolean() }),
  z.object({ type: z.literal('cancelScan') }),
  z.object({ type: z.literal('resumeScan') }),
  /** Read every record again from its start; calls whose records are gone stay. */
  z.object({ type: z.literal('rebuild') }),
  z.object({ type: z.literal('query'), id: z.int(), query: querySchema }),
  z.object({ type: z.literal('act'), id: z.int(), action: actionSchema }),
  /** The answer to a pre-flight question. */
  z.object({ type: z.literal('asked'), id: z.int(), choice: z.enum(['send', 'dontSend', 'always', 'none']) }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

/** Why a call in flight is worth a word now. */
export interface InFlightWarning {
  readonly session: string;
  readonly agentLabel: string;
  readonly model: string;
  readonly project: string | null;
  /** Estimated USD of this call. */
  readonly estimate: number;
  /** Parts of the estimate, for people: "148k context, cache cold for 72 min (+$0.55)". */
  readonly reasons: readonly string[];
  /** Whether the session works in one of this window's folders. */
  readonly inWindow: boolean;
}

export type FromEngine =
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  | {
      readonly type: 'answer';
      readonly id: number;
      readonly answer: Answers[Query['kind']] | ActionAnswers[Action['kind']];
    }
  | { readonly type: 'failure'; readonly id: number; readonly message: string }
  | { readonly type: 'warning'; readonly warning: InFlightWarning }
  /** To be answered by the user before a prompt leaves. */
  | { readonly type: 'ask'; readonly id: number; readonly question: PreflightQuestion }
  /** Nobody waits for that answer any more: the agent went on, or gave up. */
  | { readonly type: 'askOver'; readonly id: number }
  /** A rule set to warn: said, not asked. */
  | { readonly type: 'advice'; readonly question: PreflightQuestion }
  | { readonly type: 'notice'; readonly level: 'info' | 'warning' | 'error'; readonly message: string }
  | { readonly type: 'log'; readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error'; readonly message: string };

export type LogLevel = Extract<FromEngine, { type: 'log' }>['level'];
