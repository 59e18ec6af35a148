import type { Fact } from '../usage.ts';
import type { Answer, Surroundings } from './answers.ts';

export type Platform = 'linux' | 'darwin' | 'win32';

/** What path discovery may know of a machine; it asks nothing itself. */
export interface HostFacts {
  readonly platform: Platform;
  readonly home: string;
  /** The user's environment; empty for a home that is not this process's own (the other side of WSL, a remote mount). */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A file as its parser sees it: where it was found below its root, with `/` separators on every platform. */
export interface FileFacts {
  readonly path: string;
}

/** Reads one file's lines in order. Its state is plain JSON, stored with the read position and handed back on resume. */
export interface Parser {
  /** Facts of one whole line (without its line break). Never throws: what it cannot read becomes a problem. */
  read(line: string): readonly Fact[];
  readonly state: ParserState;
}

export type ParserState = Readonly<Record<string, unknown>>;

/** Reader of one agent's records. Adding an agent is one file with one of these, one line in the list, one fixture folder. */
export interface Source {
  /** Stable id, stored in the ledger: `claude`, `codex`. */
  readonly id: string;
  /** The agent's own name, for people. */
  readonly label: string;
  /** Absolute folders to search, most specific first; they need not exist. */
  roots(host: HostFacts): readonly string[];
  /** Whether a file below a root (path with `/`) is one of this agent's records. */
  accepts(path: string): boolean;
  /** A line without any of these byte strings cannot matter and is never decoded. */
  readonly markers: readonly string[];
  /** `saved` is the state of an earlier parser of this file, null at the file's start. It may be from another version. */
  createParser(file: FileFacts, saved: ParserState | null): Parser;
  /**
   * What a session is about, out of lines of its file in order; null when they do not say. It is the user's own text:
   * read when it is shown, never kept.
   */
  title(lines: readonly string[]): string | null;
  /**
   * What the model wrote in the call that a line tells of, all of it and nothing else but thinking; null when the lines
   * do not prove that. Left out by agents whose records do not hold answers.
   */
  readonly answer?: (around: Surroundings) => Answer | null;
}
