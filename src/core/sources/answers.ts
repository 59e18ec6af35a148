/** Whole lines of a record file around the one that tells of a call. */
export interface Surroundings {
  /** The lines before it, newest last. */
  readonly before: readonly string[];
  readonly own: string;
  readonly after: readonly string[];
  /** Whether `before` begins with the file's first line, and `after` ends with its last. */
  readonly fromStart: boolean;
  readonly toEnd: boolean;
}

/** What a model wrote in one call, its thinking left out. The user's own work: read to be counted, never kept. */
export interface Answer {
  readonly text: string;
  readonly toolCalls: number;
  /** Whether it thought first; how much is the bill's to say. */
  readonly hasThinking: boolean;
}
