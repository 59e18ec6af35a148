/** US dollars of list value: half of such cases stay below the median, nine in ten below p90. */
export interface Spread {
  readonly median: number;
  readonly p90: number;
}

/** What the next call and the task that it starts will cost, before they are sent. */
export interface Outlook {
  readonly model: string;
  readonly effort: string | null;
  readonly call: Spread & {
    /** The model's longest answer at its price on top of the context; null when its limit is not known. */
    readonly worst: number | null;
  };
  readonly task: Spread;
  /** Tokens that the next call will read, the prompt included. */
  readonly context: number;
  /** Estimated tokens of the prompt. */
  readonly promptTokens: number;
  readonly cache: {
    /** `none`: the session is new or its vendor caches nothing. */
    readonly state: 'warm' | 'cold' | 'none';
    /** What reading the context anew costs above reading it from the cache, in USD; 0 when warm. */
    readonly extra: number;
  };
  /** What thinking costs in nine of ten of the user's tasks with that model and effort, in USD; null without history. */
  readonly thinkingP90: number | null;
  /** Whether the request caps thinking; null when it is not known. */
  readonly thinkingCapped: boolean | null;
  /** The user's median task in USD, whatever its model; null without history. */
  readonly medianTask: number | null;
  /** How many of the user's tasks it rests on, and how like this one they are. */
  readonly basis: { readonly tasks: number; readonly like: 'model and effort' | 'model' | 'any' | 'none' };
  /** For people, dearest first: "148k context, cache cold for 72 min (+$0.55)", "effort xhigh, no thinking cap". */
  readonly reasons: readonly string[];
}
