import type { Answers, Query } from '../../src/core/query.ts';
import type { Host } from './host.ts';
import type { Model, Slot } from './model.ts';
import { callsPerPage, filterOf } from './uiState.ts';

type Kind = 'breakdown' | 'calls' | 'call' | 'projection' | 'problems' | 'prices';

/** The questions whose answers are on screen now. */
function wanted(model: Model): Extract<Query, { kind: Kind }>[] {
  const { ui, explain } = model;
  if (explain !== null) return [{ kind: 'call', id: explain }];
  if (ui.view === 'projection') return [{ kind: 'projection' }];
  if (ui.view === 'prices') return [{ kind: 'prices' }];
  if (ui.view === 'problems') return [{ kind: 'problems', limit: 500 }];
  const filter = filterOf(ui.chips);
  const breakdown = { kind: 'breakdown', span: ui.span, filter, stack: ui.stack } as const;
  if (ui.tab !== 'calls') return [breakdown];
  return [breakdown, { kind: 'calls', span: ui.span, filter, limit: callsPerPage, offset: ui.offset }];
}

function slotOf(model: Model, kind: Kind): Slot<unknown> {
  return kind === 'call' ? model.explained : model[kind];
}

/** Fetches all that is on screen; `render` runs as each answer comes. An answer that is no longer wanted is dropped. */
export function createLoader(model: Model, host: Host, render: () => void): () => Promise<void> {
  const fetchOne = async (query: Extract<Query, { kind: Kind }>): Promise<void> => {
    const slot = slotOf(model, query.kind);
    const question = JSON.stringify(query);
    slot.asked = question;
    try {
      const value: Answers[Kind] = await host.ask<Kind>(query);
      if (slot.asked !== question) return;
      slot.value = value;
      slot.answered = question;
      slot.error = null;
    } catch (error) {
      if (slot.asked !== question) return;
      slot.error = error instanceof Error ? error.message : String(error);
    }
    render();
  };
  return async () => {
    await Promise.all(wanted(model).map(fetchOne));
  };
}
