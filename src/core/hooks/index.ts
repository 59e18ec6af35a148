import type { HookAdapter } from './adapter.ts';

/** Every agent whose hooks can be set up. */
export const hookAdapters: readonly HookAdapter[] = [];
