import type { HookAdapter } from './adapter.ts';
import { claude } from './claude.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { copilot } from './copilot.ts';
import { cursor } from './cursor.ts';
import { gemini } from './gemini.ts';
import { opencode } from './opencode.ts';
import { qwen } from './qwen.ts';

/** Every agent whose hooks can be set up. */
export const hookAdapters: readonly HookAdapter[] = [claude, codex, copilot, gemini, qwen, opencode, cline, cursor];
