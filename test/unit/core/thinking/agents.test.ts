import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { HostFacts } from '../../../../src/core/sources/source.ts';
import type { SettingsFile, ThinkingAdapter } from '../../../../src/core/thinking/agentSettings.ts';
import { thinkingAdapters } from '../../../../src/core/thinking/index.ts';
import { withChanges } from '../../../../src/core/settingsText/change.ts';
import { settingsOf, valueAt } from '../../../../src/core/settingsText/settings.ts';

/*
 * Each file of the fixtures is an agent's cases: the files as they stand below the home (`~`), a project (`/srv/shop`) or
 * anywhere, what is read from them, and what `set` an effort does to the user's own file (null: refused).
 */
const folder = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'thinking');

const caseSchema = z.strictObject({
  name: z.string(),
  files: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.unknown())])),
  env: z.record(z.string(), z.string()).default({}),
  models: z.array(z.string()).default([]),
  want: z.record(z.string(), z.unknown()),
  set: z.string().optional(),
  changed: z.record(z.string(), z.unknown()).nullable().optional(),
});

const host: HostFacts = { platform: 'linux', home: '/home/kim', env: {} };

for (const file of readdirSync(folder)) {
  const adapter = thinkingAdapters.find(({ id }) => `${id}.json` === file);
  describe(`thinking settings of ${adapter?.label ?? file}`, () => {
    const cases = z.array(caseSchema).parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    for (const { name, files, env, models, want, set, changed } of cases) {
      it(name, () => {
        assert.ok(adapter !== undefined);
        const known = Object.entries(files).map(([path, said]) => ({
          path: path.replace(/^~/, host.home),
          text: typeof said === 'string' ? said : JSON.stringify(said),
        }));
        const read = settingsFiles(adapter, env, known);
        const state = adapter.read(read, env, models);
        const setIn = state.setIn === null ? null : `${state.setIn.path.replace(host.home, '~')} ${state.setIn.key}`;
        const { maxOutput, problem, ...rest } = { ...state, setIn };
        assert.deepEqual({ ...rest, ...(maxOutput !== null && { maxOutput }), ...(problem && { problem }) }, want);
        if (set !== undefined) assert.deepEqual(settingTo(adapter, read, set, env, models), changed);
      });
    }
  });
}

describe('every agent with thinking settings', () => {
  for (const adapter of thinkingAdapters) {
    it(`${adapter.label} takes broken files and next year's values`, () => {
      for (const text of [
        null,
        '',
        '\0',
        '[[',
        '{"a":',
        '[]',
        'x = 1\nx = 2',
        '{"model":[],"env":5,"reasoning":{"effort":3}}',
      ]) {
        const files = adapter.paths(host, ['/srv/shop']).map((path) => ({ path, text }));
        assert.equal(adapter.read(files, {}, ['model-9']).maxOutput, null);
        adapter.withEffort(files, 'low', {}, ['model-9']);
      }
    });

    it(`${adapter.label} sets an effort so that it is read again, in the user's own file`, () => {
      const files = settingsFiles(adapter, {}, []);
      for (const effort of adapter.efforts) {
        const edit = adapter.withEffort(files, effort, {}, []);
        assert.ok(edit !== null);
        assert.equal(edit.path, files.at(-1)?.path);
        const text = withChanges(null, edit.format, edit.changes);
        const after = files.map((file) => (file.path === edit.path ? { ...file, text } : file));
        assert.equal(adapter.read(after, {}, []).effort, effort);
      }
    });

    it(`${adapter.label} has paths on every platform`, () => {
      for (const platform of ['linux', 'darwin', 'win32'] as const) {
        const paths = adapter.paths(
          { platform, home: platform === 'win32' ? 'C:\\Users\\kim' : '/home/kim', env: {} },
          [],
        );
        assert.ok(paths.every((path) => (platform === 'win32' ? !path.includes('/') : path.startsWith('/'))));
      }
    });
  }
});

function settingsFiles(
  adapter: ThinkingAdapter,
  env: HostFacts['env'],
  known: readonly SettingsFile[],
): readonly SettingsFile[] {
  const paths = adapter.paths({ ...host, env }, ['/srv/shop']);
  for (const { path } of known) assert.ok(paths.includes(path), `${path} is not one of ${paths.join(', ')}`);
  return paths.map((path) => known.find((file) => file.path === path) ?? { path, text: null });
}

/** The values at the changed keys afterwards; null when refused. */
function settingTo(
  adapter: ThinkingAdapter,
  files: readonly SettingsFile[],
  effort: string,
  env: HostFacts['env'],
  models: readonly string[],
): unknown {
  const edit = adapter.withEffort(files, effort, env, models);
  if (edit === null) return null;
  const text = withChanges(files.find(({ path }) => path === edit.path)?.text ?? null, edit.format, edit.changes);
  const after = settingsOf(text, edit.format);
  return Object.fromEntries(edit.changes.map(({ at }) => [at.join(' '), valueAt(after, at)]));
}
