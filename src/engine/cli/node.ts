import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Whether a Node of this version (`22.17.0`) has all that the ledger needs. */
export function canRun(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 17);
}

/** The first Node on this machine that is new enough, null when none is found. */
export function findNode(env: Env, platform: string): string | null {
  return candidates(env, platform).find((path) => existsSync(path) && isNewEnough(path)) ?? null;
}

/** Where a newer Node may be: named by the user, installed beside this package, on the PATH. */
export function candidates(env: Env, platform: string): readonly string[] {
  const ending = platform === 'win32' ? '.exe' : '';
  const named = env['BURN_METER_NODE'] ? [env['BURN_METER_NODE']] : [];
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const names = ['node', 'node24', 'node22'];
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, `${name}${ending}`)));
  return [...named, ...besides(platform, ending), ...onPath];
}

/** The npm packages that hold Node itself. */
function besides(platform: string, ending: string): readonly string[] {
  const { resolve } = createRequire(import.meta.url);
  const system = platform === 'win32' ? 'win' : platform;
  return [`node-${system}-${process.arch}`, 'node'].flatMap((name) => {
    try {
      return [resolve(`${name}/bin/node${ending}`)];
    } catch {
      return [];
    }
  });
}

function isNewEnough(path: string): boolean {
  const { stdout, status } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return status === 0 && canRun(stdout.trim());
}
