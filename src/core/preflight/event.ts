/** What an agent's hook tells before money is spent. Its texts live as long as the question and are never kept. */
export interface HookEvent {
  /** What is about to happen: a prompt leaves, a further model call of the same task, a subagent starts. */
  readonly kind: 'prompt' | 'nextCall' | 'subagent';
  /** Who asks; not always whose hook it is, since some agents run each other's. */
  readonly agent: string;
  /** The agent's session, as its records name it. */
  readonly session: string;
  /** Names this one asking; equal when it reaches us twice. Null when the agent gives nothing to tell by. */
  readonly id: string | null;
  readonly cwd: string | null;
  /** Null when the agent does not say: the session's last ones hold. */
  readonly model: string | null;
  readonly effort: string | null;
  /** The prompt as typed; null for the other kinds. */
  readonly prompt: string | null;
  /** Everything that joins the context with the next call, the prompt included; null when the agent does not say. */
  readonly text: string | null;
  /** The request's own ceiling on output tokens. */
  readonly maxOutput: number | null;
}

/** What is answered. `ask` has the agent put its own question to the user, where it can. */
export type HookDecision =
  { readonly kind: 'allow' } | { readonly kind: 'deny' | 'ask'; readonly reason: string; readonly stop?: boolean };
