import type { HookStatus } from '../../core/actions.ts';
import type { PreflightGlance } from '../../core/snapshot.ts';
import type { HookInstaller } from '../hooks/installer.ts';
import type { Serving } from './serving.ts';

/** Where agents' hooks stand, as last looked at. */
export interface HookWatch {
  /** Reads where the hooks stand, and serves while there are any. */
  readonly look: () => Promise<void>;
  agents(): PreflightGlance['agents'];
  dispose(): void;
}

export interface HookWatchOptions {
  readonly installer: Pick<HookInstaller, 'status'>;
  readonly serving: Pick<Serving, 'run'>;
  readonly trusted: () => boolean;
  /** Called when hooks stand otherwise than before. */
  readonly onChange: () => void;
}

export function createHookWatch({ installer, serving, trusted, onChange }: HookWatchOptions): HookWatch {
  let known: readonly HookStatus[] = [];
  let isOpen = true;
  return {
    look: async () => {
      const found = await installer.status();
      if (!isOpen) return;
      const isNews = JSON.stringify(found) !== JSON.stringify(known);
      known = found;
      serving.run(trusted() && found.some(isInPlace));
      if (isNews) onChange();
    },
    agents: () => known.filter(isInPlace).map(({ label, state }) => ({ label, pending: state === 'pending' })),
    dispose: () => (isOpen = false),
  };
}

function isInPlace({ state }: HookStatus): boolean {
  return state === 'on' || state === 'pending';
}
