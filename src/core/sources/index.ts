import { claude } from './claude.ts';
import { codex } from './codex.ts';
import type { Source } from './source.ts';

/** Every agent the meter reads. */
export const sources: readonly Source[] = [claude, codex];
