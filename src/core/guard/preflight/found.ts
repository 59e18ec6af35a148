import type { Finding } from '../../preflight/question.ts';

/** A finding with what only the engine needs. */
export interface Found extends Finding {
  /** USD that it is about, to put the dearest first. */
  readonly usd: number;
  /** What is not said again once it was said, or agreed to; null for findings that speak every time. */
  readonly mark: { readonly key: string; readonly by: 'said' | 'agreed'; readonly spent: number } | null;
}

export type Action = 'allow' | 'warn' | 'ask' | 'deny';
