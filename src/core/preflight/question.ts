import type { Outlook } from '../forecast/outlook.ts';
import type { HookEvent } from './event.ts';

/** Which rule of the pre-flight check spoke. */
export type RuleName = 'heavyTask' | 'coldCache' | 'subagents' | 'nearBudget' | 'thinking' | 'cap';

/** One rule's judgement, in words for the user. */
export interface Finding {
  readonly rule: RuleName;
  /** `deny` comes of a hard cap only. */
  readonly action: 'warn' | 'ask' | 'deny';
  readonly reason: string;
}

/** What the user is asked, or warned of. */
export interface PreflightQuestion {
  readonly agentLabel: string;
  readonly kind: HookEvent['kind'];
  readonly session: string;
  /** Absolute path of the project's root. */
  readonly project: string | null;
  /** Null when the model has no price or is not known. */
  readonly outlook: Outlook | null;
  /** Dearest first. */
  readonly findings: readonly Finding[];
  /** To be put on the clipboard on "Don't send" where the agent drops it; null where the agent keeps it. */
  readonly prompt: string | null;
}

/** `none`: nobody answered in time. */
export type Choice = 'send' | 'dontSend' | 'always' | 'none';
