import { settingAt } from '../settingsText/settings.ts';
import { join } from '../sources/paths.ts';
import { qwenFolder } from '../sources/qwenPaths.ts';
import type { HookAdapter } from './adapter.ts';
import { blocked, claudeLikeInput, commandEntry } from './claudeLike.ts';
import { eventOf, patience, promptOf } from './shape.ts';

const id = 'qwen';
const event = 'UserPromptSubmit';

/**
 * The one event serves prompts and further calls: it fires again, without a prompt, as tool results go back. Those are
 * told apart by their instant, since `prompt_id` stays the same.
 */
export const qwen: HookAdapter = {
  id,
  label: 'Qwen Code',
  traces: (host) => [qwenFolder(host)],
  files: (host, command) => {
    const { sh, windows } = command(event);
    // From 1000 on it counts in milliseconds.
    const entry = commandEntry(event, host.platform === 'win32' ? windows : sh, patience * 1000);
    return [{ kind: 'json', path: join(host, qwenFolder(host), 'settings.json'), entries: [entry] }];
  },
  pending: (host, read) =>
    settingAt(read(join(host, qwenFolder(host), 'settings.json')), 'json', 'disableAllHooks') === true
      ? "all hooks are switched off in Qwen Code's settings (disableAllHooks)"
      : null,
  read: (name, payload) => {
    const input = name === event ? claudeLikeInput(event, payload) : null;
    if (input === null || typeof input.prompt !== 'string') return null;
    const { session_id: session, timestamp, prompt_id, submitted_prompt, cwd, model } = input;
    const known = { agent: id, session, cwd, model };
    const goesOn = input.prompt === '' && submitted_prompt === null;
    if (!goesOn) return eventOf({ ...known, ...promptOf(submitted_prompt ?? input.prompt), id: prompt_id });
    return eventOf({ ...known, kind: 'nextCall', id: timestamp && `${prompt_id ?? session}:${timestamp}` });
  },
  reply: (_event, decision) => blocked(decision),
  timeout: patience,
  asks: [],
  keepsPrompt: false,
  verified: true,
};
