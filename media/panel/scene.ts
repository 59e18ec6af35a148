import type { Actions } from './actions.ts';
import type { Figures } from './figures.ts';
import type { Model } from './model.ts';
import type { Translate } from '../../src/core/translate.ts';

/** What every view is handed: what to show, in which words and figures, and what a user may do. */
export interface Scene {
  readonly model: Model;
  readonly t: Translate;
  readonly fig: Figures;
  readonly act: Actions;
}

/** The agent's name as its source gives it. */
export function agentLabel(agent: string, { model }: Scene): string {
  return model.snapshot?.sources.find((s) => s.agent === agent)?.label ?? agent;
}
