import type { HostFacts } from '../sources/source.ts';
import type { HookDecision, HookEvent } from '../preflight/event.ts';

/** Builds the command line that an agent runs for one of its events; it succeeds whatever has become of the relay. */
export type RelayCommand = (event: string) => { readonly sh: string; readonly windows: string };

/** What is done to one of an agent's files. */
export type HookFile =
  /** Ours alone: created with this text, deleted on removal. */
  | { readonly kind: 'own'; readonly path: string; readonly text: string; readonly executable: boolean }
  /** Shared with the user: each entry is appended to the JSON array at its path, with comments and order kept. */
  | {
      readonly kind: 'json';
      readonly path: string;
      readonly entries: readonly { readonly at: readonly string[]; readonly value: unknown }[];
      /** Values that must be there for hooks to run at all, set where absent and removed with the entries. */
      readonly needs?: readonly { readonly at: readonly string[]; readonly value: unknown }[];
    };

/** How one agent lets others speak before it spends: where its hooks are set up, and what it says and hears. */
export interface HookAdapter {
  /** The source's id. */
  readonly id: string;
  /** The agent's own name, for people. */
  readonly label: string;
  /** Folders of which one exists when the agent is on this machine. */
  traces(host: HostFacts): readonly string[];
  /** The files that carry its hooks; `own` files stand in folders that may have to be made. */
  files(host: HostFacts, command: RelayCommand): readonly HookFile[];
  /**
   * What stands in the agent's own files of its consent, read only: a reason why the hooks do not run yet, null when
   * nothing is known to be in their way. `read` gives a file's text, null when it is not there.
   */
  pending(host: HostFacts, read: (path: string) => string | null): string | null;
  /** What the hook says; null when it is nothing to judge, or nothing of this agent's. Never throws. */
  read(event: string, payload: unknown): HookEvent | null;
  /** What the relay prints; '' lets the agent go on without a word. */
  reply(event: HookEvent, decision: HookDecision): string;
  /** Seconds the agent waits for us, as our entries set it. */
  readonly timeout: number;
  /** Kinds of events for which the agent can put the question itself. */
  readonly asks: readonly HookEvent['kind'][];
  /** Whether a refused prompt is still at hand in the agent. */
  readonly keepsPrompt: boolean;
  /** Whether the format has been seen to work with a real client. */
  readonly verified: boolean;
  /** What the user should know of having them, in a sentence. */
  readonly caution?: string;
}
