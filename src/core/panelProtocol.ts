import type { Answers, Query } from './query.ts';
import type { Snapshot } from './snapshot.ts';

// Extension host ↔ webview, plain data. The host relays queries to the engine and answers to the webview.

export type ToPanel =
  /** Everything a panel needs when it becomes visible. */
  | {
      readonly type: 'hydrate';
      readonly snapshot: Snapshot;
      readonly locale: string;
      readonly strings: Readonly<Record<string, string>>;
    }
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answers[Query['kind']] }
  | { readonly type: 'failure'; readonly id: number; readonly message: string }
  /** Show this call's arithmetic, or the projection. */
  | { readonly type: 'show'; readonly view: 'breakdown' | 'projection' | 'prices' }
  | { readonly type: 'explain'; readonly call: number };

export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'query'; readonly id: number; readonly query: Query }
  | { readonly type: 'command'; readonly command: 'cancelScan' | 'resumeScan' | 'exportData' | 'showLog' }
  /** Open the file of a record at its line. */
  | { readonly type: 'openRecord'; readonly file: string; readonly line: number };
