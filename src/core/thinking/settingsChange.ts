export type SettingsFormat = 'json' | 'toml';

/** One value set in a settings file; `value` undefined takes the key away. */
export interface SettingsChange {
  readonly at: readonly string[];
  readonly value?: unknown;
}
