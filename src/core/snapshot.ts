import type { Totals } from './totals.ts';
import type { Verdict } from './guard/verdict.ts';

/** A session at work now or last seen, as the status bar and the panel show it. */
export interface SessionGlance {
  readonly agent: string;
  readonly agentLabel: string;
  readonly session: string;
  /** Absolute path of the project's root, null when the record names none. */
  readonly project: string | null;
  readonly branch: string | null;
  readonly model: string | null;
  readonly effort: string | null;
  /** Prompt tokens of its last call. */
  readonly contextTokens: number;
  readonly contextWindow: number | null;
  readonly state: 'waiting for model' | 'tool or approval' | 'waiting for you' | 'stale';
  readonly lastAt: number;
  readonly totals: Totals;
  /** Until when its prompts stay cached, and what the next turn costs more after that (USD); null when nothing is cached. */
  readonly cache: { readonly until: number; readonly extra: number } | null;
  /** The request that is on its way, with its estimate in USD; null when none is, or it has no price. */
  readonly inFlight: { readonly since: number; readonly median: number; readonly p90: number } | null;
}

/** Where pre-flight prompts stand. */
export interface PreflightGlance {
  /** Agents whose hooks are in place, and of them those that wait for the user's consent in the agent. */
  readonly agents: readonly { readonly label: string; readonly pending: boolean }[];
  /** Until when no question is asked, ms since the epoch; 0 when they are. */
  readonly snoozedUntil: number;
}

export interface Scan {
  readonly state: 'idle' | 'scanning' | 'cancelled';
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

export interface SourceGlance {
  readonly agent: string;
  readonly label: string;
  readonly files: number;
  readonly bytes: number;
  readonly calls: number;
  readonly problems: number;
  readonly lastAt: number | null;
  /** Spend that the agent's own running totals prove and its call records lack, in USD; 0 when none is proven. */
  readonly notRecordedUsd: number;
}

/** All that any view may show; plain JSON. Times are ms since the epoch, costs USD list value. */
export interface Snapshot {
  readonly at: number;
  readonly timeZone: string;
  /** The machine whose home is metered, e.g. `ssh:devbox`; empty for the local one. */
  readonly host: string;
  readonly today: Totals;
  readonly week: Totals;
  readonly month: Totals;
  /** List value of the last 10 minutes × 6, USD per hour; null after 5 minutes without a call. */
  readonly burnRate: number | null;
  /** The newest active session inside this window's folders, else the newest on the machine. */
  readonly session: SessionGlance | null;
  readonly active: readonly SessionGlance[];
  /** The last finished turn. */
  readonly lastTurn: {
    readonly at: number;
    readonly listCost: number;
    readonly calls: number;
    readonly session: string;
  } | null;
  /** True when the spend runs on a subscription, so it reads as value rather than as a bill. */
  readonly subscription: boolean;
  readonly budget: Verdict | null;
  readonly scan: Scan;
  readonly lastCallAt: number | null;
  readonly sources: readonly SourceGlance[];
  readonly problems: number;
  readonly preflight: PreflightGlance;
}
