import type { ThinkingAdapter } from './agentSettings.ts';
import { claudeThinking } from './claude.ts';
import { clineThinking } from './cline.ts';
import { codexThinking } from './codex.ts';
import { copilotThinking } from './copilot.ts';
import { droidThinking } from './droid.ts';
import { geminiThinking } from './gemini.ts';
import { kimiThinking } from './kimi.ts';
import { opencodeThinking } from './opencode.ts';
import { piThinking } from './pi.ts';
import { qwenThinking } from './qwen.ts';

/** Every agent whose thinking settings are plain files. */
export const thinkingAdapters: readonly ThinkingAdapter[] = [
  claudeThinking,
  codexThinking,
  copilotThinking,
  geminiThinking,
  qwenThinking,
  opencodeThinking,
  clineThinking,
  kimiThinking,
  droidThinking,
  piThinking,
];
