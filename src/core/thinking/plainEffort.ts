import type { SettingsFormat } from '../settingsText/settings.ts';
import type { ThinkingAdapter, ThinkingState } from './agentSettings.ts';
import { firstSet, isText, layersOf, problemOf } from './layers.ts';
import type { Found, Layer } from './layers.ts';

export interface PlainEffort extends Pick<
  ThinkingAdapter,
  'id' | 'label' | 'chooses' | 'traces' | 'paths' | 'efforts'
> {
  readonly format: SettingsFormat;
  /** The one key that holds the effort, in each of the files. */
  readonly key: readonly string[];
  /** The words that turn thinking off. */
  readonly off: readonly string[];
}

/** An agent with one key for its effort and no cap on thinking. The last of its files is the user's own. */
export function plainEffort({ key, off, ...agent }: PlainEffort): ThinkingAdapter {
  return {
    ...agent,
    read: (files) => {
      const layers = layersOf(files, agent.format);
      const effort = firstSet(layers, key, isText);
      const on = effort === null ? null : !off.includes(effort.value);
      return effortState(layers, effort, on);
    },
    withEffort: (files, effort) => {
      const own = files.at(-1)?.path;
      const set = firstSet(layersOf(files, agent.format), key, isText);
      if (own === undefined || (set !== null && set.setIn.path !== own)) return null;
      return { path: own, format: agent.format, changes: [{ at: key, value: effort }] };
    },
  };
}

/** How an agent thinks that knows an effort and no cap. */
export function effortState(
  layers: readonly Layer[],
  effort: Found<string> | null,
  on: ThinkingState['on'],
): ThinkingState {
  return {
    on,
    cap: on === false ? 0 : 'uncapped',
    effort: effort?.value ?? null,
    setIn: effort?.setIn ?? null,
    maxOutput: null,
    ...problemOf(layers),
  };
}
