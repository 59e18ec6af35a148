import { takesThinkingCap } from '../models.ts';
import { claudeFolders } from '../sources/claudePaths.ts';
import { join } from '../sources/paths.ts';
import type { HostFacts } from '../sources/source.ts';
import type { SettingsFile, ThinkingAdapter, ThinkingState } from './agentSettings.ts';
import { countOf, firstSet, fromEnvironment, isFlag, isText, layersOf, problemOf } from './layers.ts';
import type { Found, Layer } from './layers.ts';

/*
 * Claude Code's settings, the one that wins first: managed, `<folder>/.claude/settings.local.json`,
 * `<folder>/.claude/settings.json`, `<config>/settings.json`. Keys (agent-logs §1.5, and tried with 2.1.329):
 * `modelSettings.<model>.effortLevel` before `effortLevel` in each; in the user's own file `effortLevel` alone holds for
 * models up to the 5 and Fable 5.1 generation only. `CLAUDE_CODE_EFFORT_LEVEL`, in a file's `env` or else the environment, beats
 * all of them; the lowest `maxEffortLevel` limits all. Thinking is adaptive, without a cap, on every model that takes none.
 */

const efforts = ['low', 'medium', 'high', 'xhigh'] as const;
const ranks: readonly string[] = [...efforts, 'max'];
/** Turning thinking off has no effect on them. */
const alwaysThinking = /claude-((haiku|sonnet|opus)-5-5|fable|mythos)/;
/** Taken for the user's models, the first for the next call's, while none has been seen. */
const current: readonly [string, ...string[]] = [
  'claude-opus-5-5',
  'claude-sonnet-5-5',
  'claude-haiku-5-5',
  'claude-fable-5-2',
];

/** As 2.1.329 takes the names of its `/model`; `opusplan` carries plans out with Sonnet. */
const families: ReadonlyMap<string, string | null> = new Map([
  ['opus', 'claude-opus-5-5'],
  ['sonnet', 'claude-sonnet-5-5'],
  ['opusplan', 'claude-sonnet-5-5'],
  ['haiku', 'claude-haiku-5-5'],
  ['fable', 'claude-fable-5-2'],
  ['default', null],
  ['best', null],
]);

export const claudeThinking: ThinkingAdapter = {
  id: 'claude',
  label: 'Claude Code',
  format: 'json',
  chooses: { variable: 'ANTHROPIC_MODEL', key: ['model'], names: families },
  efforts,
  traces: (host) => [configFolder(host)],
  paths: (host, folders) => [
    managed(host),
    ...folders.flatMap((folder) =>
      ['settings.local.json', 'settings.json'].map((name) => join(host, folder, '.claude', name)),
    ),
    join(host, configFolder(host), 'settings.json'),
  ],
  read,
  withEffort: (files, effort, env, models) => {
    const own = files.at(-1)?.path;
    if (own === undefined) return null;
    const layers = layersOf(files, 'json');
    const decides = effortOf(layers, env, modelName(models[0]));
    const forced = variable(layers, env, 'CLAUDE_CODE_EFFORT_LEVEL') !== null;
    const elsewhere = forced || (decides !== null && decides.setIn.path !== own);
    if (elsewhere || beyond(effort, limitOf(layers))) return null;
    const names = [...new Set(models.map(modelName).filter((name) => name.startsWith('claude-')))];
    const changes = [
      { at: ['effortLevel'], value: effort },
      ...(names.length > 0 ? names : current).map((name) => ({
        at: ['modelSettings', name, 'effortLevel'],
        value: effort,
      })),
    ];
    return { path: own, format: 'json', changes };
  },
};

function read(files: readonly SettingsFile[], env: HostFacts['env'], models: readonly string[]): ThinkingState {
  const layers = layersOf(files, 'json');
  const model = modelName(models[0]);
  const effort = effortOf(layers, env, model);
  const limit = limitOf(layers);
  const limited = limit !== null && beyond(effort?.value ?? 'max', limit) ? limit : effort;
  const tokens = variable(layers, env, 'MAX_THINKING_TOKENS');
  const off = offBy(layers, tokens, model);
  return {
    on: off === null,
    cap: off === null ? capOf(tokens, model) : 0,
    effort: limited?.value ?? null,
    setIn: off ?? limited?.setIn ?? null,
    maxOutput: countOf(variable(layers, env, 'CLAUDE_CODE_MAX_OUTPUT_TOKENS')?.value),
    ...problemOf(layers),
  };
}

function effortOf(layers: readonly Layer[], env: HostFacts['env'], model: string): Found<string> | null {
  const forced = variable(layers, env, 'CLAUDE_CODE_EFFORT_LEVEL');
  if (forced !== null) return /^(auto|unset)$/i.test(forced.value) ? null : forced;
  for (const layer of layers) {
    const own = layer === layers.at(-1);
    const set = firstSet([layer], ['modelSettings', model, 'effortLevel'], isText);
    const general = own && !isOlder(model) ? null : firstSet([layer], ['effortLevel'], isText);
    if (set !== null || general !== null) return set ?? general;
  }
  return null;
}

/** Whether the user's own `effortLevel` holds for the model. */
function isOlder(model: string): boolean {
  return !/^claude-((haiku|sonnet|opus)-(5-5|[6-9])|(fable|mythos)-(5-[2-9]|[6-9]))/.test(model);
}

/** A variable as the agent gets it: its settings' `env` wins over the shell's. */
function variable(layers: readonly Layer[], env: HostFacts['env'], name: string): Found<string> | null {
  return firstSet(layers, ['env', name], isText) ?? fromEnvironment(env, name);
}

/** The lowest limit of all files. */
function limitOf(layers: readonly Layer[]): Found<string> | null {
  const limits = layers.flatMap((layer) => firstSet([layer], ['maxEffortLevel'], isText) ?? []);
  const known = limits.filter(({ value }) => ranks.includes(value));
  return known.toSorted((a, b) => ranks.indexOf(a.value) - ranks.indexOf(b.value))[0] ?? null;
}

function beyond(effort: string, limit: Found<string> | null): boolean {
  return limit !== null && ranks.indexOf(effort) > ranks.indexOf(limit.value);
}

function offBy(layers: readonly Layer[], tokens: Found<string> | null, model: string): Found<string>['setIn'] | null {
  if (alwaysThinking.test(model)) return null;
  if (countOf(tokens?.value) === 0) return tokens?.setIn ?? null;
  const switched = firstSet(layers, ['alwaysThinkingEnabled'], isFlag);
  return switched?.value === false ? switched.setIn : null;
}

function capOf(tokens: Found<string> | null, model: string): number | 'uncapped' {
  const cap = countOf(tokens?.value);
  // On models that take none it is ignored.
  return cap !== null && cap > 0 && takesThinkingCap(model) ? cap : 'uncapped';
}

/** A model by the name that its settings go by: without vendor, date and context window. */
function modelName(model: string | undefined): string {
  return (model ?? current[0]).replace(/^.*(?=claude-)/, '').replace(/(\[.*\]|[-@]\d{8}.*)$/, '');
}

function configFolder(host: HostFacts): string {
  return claudeFolders(host)[0] ?? '';
}

function managed(host: HostFacts): string {
  if (host.platform === 'darwin') return '/Library/Application Support/ClaudeCode/managed-settings.json';
  if (host.platform === 'win32') return 'C:\\Program Files\\ClaudeCode\\managed-settings.json';
  return '/etc/claude-code/managed-settings.json';
}
