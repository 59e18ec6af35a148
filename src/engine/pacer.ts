/** Lets something happen soon after it is asked for, but not more often than its pace allows. */
export interface Pacer {
  /** At once when the last time is `pace` ms ago, else then. Of several requests the earliest counts. */
  request(pace: number): void;
  /** Not later than in `ms`, whatever the pace. */
  by(ms: number): void;
  dispose(): void;
}

/** `clock` is in ms and only goes forward. */
export function createPacer(act: () => void, clock: () => number): Pacer {
  let last = -Infinity;
  let due = Infinity;
  let timer: NodeJS.Timeout | undefined;
  const arm = (at: number): void => {
    if (at >= due) return;
    due = at;
    clearTimeout(timer);
    timer = setTimeout(fire, Math.max(0, at - clock()));
  };
  const fire = (): void => {
    due = Infinity;
    last = clock();
    act();
  };
  return {
    request: (pace) => arm(Math.max(clock(), last + pace)),
    by: (ms) => arm(clock() + ms),
    dispose: () => clearTimeout(timer),
  };
}
