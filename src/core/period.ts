/** Half-open range of instants, ms since the epoch. */
export interface Period {
  readonly since: number;
  readonly until: number;
}
