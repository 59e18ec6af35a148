import { toEngineSchema } from '../core/protocol.ts';
import type { ToEngine } from '../core/protocol.ts';
import { messageOf } from './messageOf.ts';
import type { ServiceOptions } from './serviceOptions.ts';
import { openWindow } from './window.ts';
import type { EngineWindow } from './window.ts';

export interface Service {
  /** One message of the extension host, unchecked. Never throws. */
  receive(raw: unknown): void;
  dispose(): void;
}

/** The engine behind one window: nothing is opened or read before it is told to start. */
export function createService(options: ServiceOptions): Service {
  const { send } = options;
  let opened: Promise<EngineWindow> | null = null;

  // Messages are carried out in the order they came, also those that came while the ledger was being opened.
  const pass = async (window: Promise<EngineWindow>, message: ToEngine): Promise<void> => {
    try {
      (await window).receive(message);
    } catch (error) {
      if (message.type === 'query' || message.type === 'act')
        send({ type: 'failure', id: message.id, message: messageOf(error) });
    }
  };
  const open = (message: Extract<ToEngine, { type: 'start' }>): Promise<EngineWindow> => {
    const window = openWindow(options, message);
    window.catch((error: unknown) => send({ type: 'notice', level: 'error', message: messageOf(error) }));
    return window;
  };
  return {
    receive: (raw) => {
      const parsed = toEngineSchema.safeParse(raw);
      if (!parsed.success) {
        send({ type: 'log', level: 'warn', message: 'a message of the extension was not understood' });
      } else if (parsed.data.type === 'start') {
        opened ??= open(parsed.data);
      } else if (opened !== null) {
        void pass(opened, parsed.data);
      } else if (parsed.data.type === 'query' || parsed.data.type === 'act') {
        send({ type: 'failure', id: parsed.data.id, message: 'The meter has not started yet' });
      }
    },
    dispose: () => {
      void opened?.then(
        (window) => window.dispose(),
        () => undefined,
      );
    },
  };
}
