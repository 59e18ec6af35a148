import type { ToolUse } from '../provider/script.ts';

/** Where a client runs: a throw-away home, and the fake provider's port. */
export interface Place {
  readonly home: string;
  /** The project's folder, below the home. */
  readonly folder: string;
  readonly port: number;
}

/** A real agent client, as its vendor publishes it. */
export interface Client {
  /** The id of its hook adapter. */
  readonly id: string;
  /** Its name in the list of "Set Up Pre-flight Prompts…". */
  readonly label: string;
  /** What npm installs, pinned. */
  readonly packages: readonly string[];
  /** Its program below the folder it is installed in; `.js` runs on the Node that runs the tests. */
  readonly program: string;
  /** Dummy keys, no updates, no telemetry, the provider's address. */
  env(place: Place): Readonly<Record<string, string>>;
  /**
   * Its settings as a user may have them, by path below the home: comments, foreign hooks and own ways of spacing. Null
   * is for what is not there, and must not be there when our hooks are gone.
   */
  settings(place: Place): Readonly<Record<string, string | null>>;
  /** What it keeps and changes itself. */
  state?(place: Place): Readonly<Record<string, string>>;
  /** Arguments that send one prompt and print the answer. */
  prompt(text: string): readonly string[];
  /** Has the client run a command by its own tool. */
  shell(command: string): ToolUse;
}
