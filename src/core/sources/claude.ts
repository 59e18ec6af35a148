import { claudeAnswer } from './claudeAnswers.ts';
import { claudeParser } from './claudeParser.ts';
import { claudeRoots, isTranscript } from './claudePaths.ts';
import { claudeTitle } from './claudeTitles.ts';
import type { Source } from './source.ts';

/**
 * Claude Code's transcripts: `<config>/projects/<slug>/<session>.jsonl` and `<session>/subagents/**`, append-only JSON
 * lines. `assistant` lines hold `message.usage`: input without cache reads and writes, output with thinking; one call is
 * several lines (claudeIdentity.ts). `user` lines begin turns, `api-request` lines precede answers, `cost-state` lines
 * claim the session's totals, with calls (titles, `/compact`) that have no line of their own.
 */
export const claude: Source = {
  id: 'claude',
  label: 'Claude Code',
  roots: claudeRoots,
  accepts: isTranscript,
  markers: ['"usage"', '"user"', '"api-request"', '"cost-state"'],
  createParser: claudeParser,
  title: claudeTitle,
  answer: claudeAnswer,
};
