/** Every judgement carries its reason, in words for the user. */
export interface Verdict {
  readonly level: 'ok' | 'warning' | 'error';
  readonly reason: string;
}
