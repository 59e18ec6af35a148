import type { Snapshot } from '../../src/core/snapshot.ts';
import type { Actions } from './actions.ts';
import { totalsMark } from './changed.ts';
import type { Host } from './host.ts';
import { toPanelSchema } from './messages.ts';
import type { Received } from './messages.ts';
import { onScreen } from './model.ts';
import type { Model } from './model.ts';
import { createTranslate } from './strings.ts';

/** The parts of the panel that a message may reach. */
export interface Inbox {
  readonly model: Model;
  readonly host: Host;
  readonly actions: Actions;
  readonly render: () => void;
  /** Asks for all that is on screen, at its own pace. */
  readonly refresh: () => void;
}

/** Takes a message of the host; what is none changes nothing. */
export function receive(data: unknown, inbox: Inbox): void {
  const parsed = toPanelSchema.safeParse(data);
  if (parsed.success) take(parsed.data, inbox);
}

function take(message: Received, inbox: Inbox): void {
  const { model, host, actions, render, refresh } = inbox;
  switch (message.type) {
    case 'hydrate':
      model.locale = message.locale;
      model.t = createTranslate(message.strings);
      model.snapshot = message.snapshot;
      render();
      refresh();
      break;
    case 'snapshot':
      takeSnapshot(message.snapshot, inbox);
      break;
    case 'answer':
      host.answer(message.id, message.answer);
      break;
    case 'failure':
      host.fail(message.id, message.message);
      break;
    case 'show':
      actions.setView(message.view);
      break;
    case 'explain':
      actions.explain(message.call);
      break;
  }
}

/** A snapshot whose totals are the known ones changes only what it holds itself: scan, host, freshness. */
function takeSnapshot(snapshot: Snapshot, { model, render, refresh }: Inbox): void {
  const before = model.snapshot === null ? null : totalsMark(model.snapshot);
  model.snapshot = snapshot;
  render();
  // An engine that sends snapshots again is worth asking again.
  if (onScreen(model).error !== null || totalsMark(snapshot) !== before) refresh();
}
