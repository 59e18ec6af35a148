import { isRecord, settingAt } from '../settingsText/settings.ts';
import { codexHomes } from '../sources/codexPaths.ts';
import { join } from '../sources/paths.ts';
import type { HostFacts } from '../sources/source.ts';
import type { HookAdapter } from './adapter.ts';
import { blocked, claudeLikeInput, commandEntry } from './claudeLike.ts';
import { isOurs } from './ours.ts';
import { eventOf, patience, promptOf } from './shape.ts';

const id = 'codex';
const event = 'UserPromptSubmit';

const isNull = (value: unknown): boolean => value === null || value === undefined;

/**
 * Codex runs a hook only after the user's review, which it keeps in `config.toml` by file, event and place. Null when
 * it was given there, or when our hook is not in that home.
 */
function unreviewed(home: string, host: HostFacts, read: (path: string) => string | null): string | null {
  const path = join(host, home, 'hooks.json');
  const entries = settingAt(read(path), 'json', 'hooks', event);
  const place = Array.isArray(entries) ? entries.findIndex(isOurs) : -1;
  if (place < 0) return null;
  const config = read(join(host, home, 'config.toml'));
  if (settingAt(config, 'toml', 'features', 'hooks') === false)
    return 'hooks are switched off in Codex (features.hooks)';
  const key = `${path}:user_prompt_submit:${place}:0`;
  // macOS resolves /tmp and /var to below /private.
  const state =
    settingAt(config, 'toml', 'hooks', 'state', key) ?? settingAt(config, 'toml', 'hooks', 'state', `/private${key}`);
  if (!isRecord(state) || isNull(state['trusted_hash'])) return 'waiting for your review in Codex';
  return state['enabled'] === false ? 'switched off in Codex' : null;
}

/**
 * The prompt only: before further calls Codex can be held but not stopped, and refusing a tool makes one call more. Each
 * change of the command line asks the user for another review.
 */
export const codex: HookAdapter = {
  id,
  label: 'Codex',
  traces: codexHomes,
  files: (host, command) =>
    codexHomes(host).map((home) => {
      const { sh, windows } = command(event);
      const line = host.platform === 'win32' ? windows : sh;
      return { kind: 'json', path: join(host, home, 'hooks.json'), entries: [commandEntry(event, line, patience)] };
    }),
  pending: (host, read) =>
    codexHomes(host).reduce<string | null>((why, home) => why ?? unreviewed(home, host, read), null),
  read: (name, payload) => {
    const input = name === event ? claudeLikeInput(event, payload) : null;
    if (input === null || typeof input.prompt !== 'string') return null;
    const { session_id: session, turn_id, cwd, model, prompt } = input;
    return eventOf({ ...promptOf(prompt), agent: id, session, id: turn_id, cwd, model });
  },
  reply: (_event, decision) => blocked(decision),
  timeout: patience,
  asks: [],
  // Up recalls it in the terminal, no more.
  keepsPrompt: false,
  verified: true,
};
