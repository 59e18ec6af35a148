import type { PreflightQuestion } from '../core/preflight/question.ts';
import type { InFlightWarning } from '../core/protocol.ts';

type Session = Pick<PreflightQuestion, 'agentLabel' | 'session'>;

/** What the user knew before a prompt left: the same is not said again while its call runs. */
export interface Told {
  /** The user sent it all the same, or was warned of it. */
  tell(question: PreflightQuestion): void;
  /** Whether the call costs no more than the user was told of that session last. */
  covers(warning: InFlightWarning): boolean;
}

export function createTold(): Told {
  /** USD by session. */
  const told = new Map<string, number>();
  return {
    tell(question) {
      if (question.outlook !== null) told.set(keyOf(question), question.outlook.call.p90);
    },
    covers: (warning) => warning.estimate <= (told.get(keyOf(warning)) ?? 0),
  };
}

function keyOf({ agentLabel, session }: Session): string {
  return `${agentLabel} ${session}`;
}
