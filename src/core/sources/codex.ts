import { codexAnswer } from './codexAnswers.ts';
import { codexParser } from './codexParser.ts';
import { codexRoots, isRollout } from './codexPaths.ts';
import { codexTitle } from './codexTitles.ts';
import type { Source } from './source.ts';

/**
 * Codex's rollouts: `sessions/YYYY/MM/DD/rollout-<time>-<thread>.jsonl`, append-only JSON lines, moved to
 * `archived_sessions` or compressed later. Newer clients write a `token_usage_record` per response; older ones
 * `token_count` events with running totals (codexCounter.ts). Input includes cache reads and writes, output includes
 * reasoning. Forks and subagents may begin with their parent's lines (codexLineage.ts).
 */
export const codex: Source = {
  id: 'codex',
  label: 'Codex',
  roots: codexRoots,
  accepts: isRollout,
  markers: [
    '"session_meta"',
    '"turn_context"',
    '"token_count"',
    '"token_usage_record"',
    '"task_started"',
    '"turn_started"',
    '"task_complete"',
    '"turn_complete"',
    '"turn_aborted"',
    '"user_message"',
    '"compacted"',
    '"thread_settings_applied"',
    '"web_search_call"',
    '"web_search_end"',
    '"inter_agent_communication"',
    '"inter_agent_communication_metadata"',
  ],
  createParser: codexParser,
  title: codexTitle,
  answer: codexAnswer,
};
