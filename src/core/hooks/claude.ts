import type { HookDecision, HookEvent } from '../preflight/event.ts';
import { settingAt } from '../settingsText/settings.ts';
import { parseJson } from '../sources/json.ts';
import { claudeFolders } from '../sources/claudePaths.ts';
import { join } from '../sources/paths.ts';
import type { HostFacts } from '../sources/source.ts';
import type { HookAdapter } from './adapter.ts';
import { blocked, claudeLikeInput, commandEntry, toolAnswer } from './claudeLike.ts';
import type { ClaudeLikeInput } from './claudeLike.ts';
import { copilotReply, readChatPrompt } from './copilot.ts';
import { eventOf, patience, promptOf, textIn, unlessAllowed } from './shape.ts';

const id = 'claude';

function settingsFiles(host: HostFacts): readonly string[] {
  return claudeFolders(host).map((folder) => join(host, folder, 'settings.json'));
}

function readOwn(event: string, payload: unknown): HookEvent | null {
  const input = claudeLikeInput(event, payload);
  if (input === null) return null;
  const known = {
    agent: id,
    session: input.session_id,
    cwd: input.cwd,
    model: input.model,
    effort: input.effort?.level ?? null,
  };
  if (event === 'UserPromptSubmit' && typeof input.prompt === 'string') {
    return eventOf({ ...known, ...promptOf(input.prompt), id: input.prompt_id });
  }
  if (event === 'PostToolBatch') return eventOf({ ...known, kind: 'nextCall', ...toolAnswers(input) });
  return isLaunch(event, input) ? eventOf({ ...known, kind: 'subagent', id: input.tool_use_id }) : null;
}

/** What the tools said joins the context with the next call; the first of them names the batch. */
function toolAnswers({ tool_calls }: ClaudeLikeInput): Pick<HookEvent, 'id' | 'text'> {
  const calls = tool_calls ?? [];
  return { id: calls[0]?.tool_use_id ?? null, text: calls.map((call) => textIn(call.tool_response)).join('\n') };
}

/** `Task` is what the tool was called before 2.1. Others reach us where an agent runs these hooks without the matcher. */
function isLaunch(event: string, { tool_name }: ClaudeLikeInput): boolean {
  return event === 'PreToolUse' && (tool_name === 'Agent' || tool_name === 'Task');
}

/** Claude Code takes plain JSON only: one comment or trailing comma, and it goes without the whole file. */
function inTheWay(text: string | null): string | null {
  if (settingAt(text, 'json', 'disableAllHooks') === true)
    return "all hooks are switched off in Claude Code's settings (disableAllHooks)";
  const isPlain = text === null || parseJson(text.replace(/^\uFEFF/, '')) !== undefined;
  return isPlain ? null : 'Claude Code does not read its settings.json: it holds comments or trailing commas';
}

/** The reason alone is shown, not the whole prompt once more. */
function refusedPrompt(decision: HookDecision): string {
  const hookSpecificOutput = { hookEventName: 'UserPromptSubmit', suppressOriginalPrompt: true };
  return unlessAllowed(decision, ({ reason }) => ({ decision: 'block', reason, hookSpecificOutput }));
}

/** The prompt event's own limit is 30 s when none is given. VS Code's chat runs these hooks too and ignores matchers. */
export const claude: HookAdapter = {
  id,
  label: 'Claude Code',
  traces: claudeFolders,
  files: (host, command) =>
    settingsFiles(host).map((path) => ({
      kind: 'json',
      path,
      // On Windows too the hooks run in a POSIX shell, Git's.
      entries: [
        commandEntry('UserPromptSubmit', command('UserPromptSubmit').sh, patience),
        commandEntry('PostToolBatch', command('PostToolBatch').sh, patience),
        commandEntry('PreToolUse', command('PreToolUse').sh, patience, 'Agent|Task'),
      ],
    })),
  pending: (host, read) => settingsFiles(host).reduce<string | null>((why, path) => why ?? inTheWay(read(path)), null),
  read: (event, payload) => (event === 'UserPromptSubmit' ? readChatPrompt(payload) : null) ?? readOwn(event, payload),
  reply: ({ agent, kind }, decision) => {
    if (agent !== id) return copilotReply(decision);
    if (kind === 'prompt') return refusedPrompt(decision);
    return kind === 'nextCall' ? blocked(decision) : toolAnswer(decision);
  },
  timeout: patience,
  asks: ['subagent'],
  // The terminal puts it back into its input box, the panel in VS Code does not.
  keepsPrompt: false,
  verified: true,
};
