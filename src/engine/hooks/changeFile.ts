import type { HookFile } from '../../core/hooks/adapter.ts';
import { isOurs } from '../../core/hooks/ours.ts';
import { dropCopy, fingerprint, keepCopy, readAgentFile, readCopy, replaceFile } from '../agentFiles/safeWrite.ts';
import type { AgentFile } from '../agentFiles/safeWrite.ts';
import { isEmptyObject, listsIn, stateOf, withHooks, withoutHooks } from './hookFile.ts';
import { missingFolders, removeEmpty } from './hookFolders.ts';
import type { InstalledFile, InstallRecords } from './installRecord.ts';
import { madeNothing } from './cutEntries.ts';

/** Where what is needed to undo is kept. */
export interface Undo {
  readonly records: InstallRecords;
  /** Folder of the copies. */
  readonly copies: string;
}

/** Others may write the same file at any moment; each try starts from what is there then. */
const tries = 10;

async function untilDone(path: string, attempt: () => Promise<boolean>): Promise<void> {
  for (let left = tries; left > 0; left -= 1) if (await attempt()) return;
  throw new Error(`${path} keeps changing; try again in a moment`);
}

/** Puts our hooks into a file, whatever older form of them is there. Rejects in words for the user. */
export async function install(agent: string, file: HookFile, undo: Undo): Promise<void> {
  await untilDone(file.path, async () => {
    const was = await readAgentFile(file.path);
    const state = stateOf(file, was.bytes);
    if (state === 'ours') return true;
    if (state === 'foreign') throw new Error(`${file.path} is there already and is not Burn Meter's`);
    const known = (await undo.records.of(agent)).find(({ path }) => path === file.path);
    const base = await baseOf(file, was, known, undo.copies);
    const { bytes, made } = withHooks(file, base);
    await undo.records.put(agent, {
      path: file.path,
      kind: file.kind,
      before: await keepCopy(undo.copies, base),
      after: fingerprint(bytes),
      lists: file.kind === 'json' ? file.entries.map(({ at }) => [...at]) : [],
      containers: made.containers.map((path) => [...path]),
      needs: made.needs.map(({ at, value }) => ({ at: [...at], value })),
      folders: [...(known?.folders ?? []), ...(await missingFolders(was.target))],
    });
    return replaceFile(was, bytes, file.kind === 'own' && file.executable ? 0o700 : 0o600);
  });
}

/** What the file holds without us: as it was before where nobody has touched it since, else without our entries. */
async function baseOf(
  file: HookFile,
  was: AgentFile,
  known: InstalledFile | undefined,
  copies: string,
): Promise<Buffer | null> {
  if (known !== undefined && fingerprint(was.bytes) === known.after) {
    const copy = await readCopy(copies, known.before).catch(() => undefined);
    if (copy !== undefined) return copy;
  }
  if (was.bytes === null || file.kind === 'own') return null;
  return withoutHooks(file.path, was.bytes, listsIn(file, was.bytes), madeOf(known));
}

/** Takes our hooks out: the very bytes from before where the file is as we left it, else our entries alone. */
export async function uninstall(agent: string, file: InstalledFile, undo: Undo): Promise<void> {
  await untilDone(file.path, async () => {
    const was = await readAgentFile(file.path);
    if (was.bytes === null) return true;
    const next = await bytesWithout(file, was.bytes, undo.copies);
    return next !== null && next.equals(was.bytes) ? true : replaceFile(was, next);
  });
  await removeEmpty(file.folders);
  await undo.records.drop(agent, file.path);
  if (file.before !== '' && !(await undo.records.uses(file.before))) await dropCopy(undo.copies, file.before);
}

async function bytesWithout(file: InstalledFile, bytes: Buffer, copies: string): Promise<Buffer | null> {
  if (fingerprint(bytes) === file.after) {
    const copy = await readCopy(copies, file.before).catch(() => undefined);
    if (copy !== undefined) return copy;
  }
  if (file.kind === 'own') return isOurs(bytes.toString('utf8')) ? null : bytes;
  const next = withoutHooks(file.path, bytes, file.lists, madeOf(file));
  return file.before === fingerprint(null) && isEmptyObject(next) ? null : next;
}

function madeOf(known: InstalledFile | undefined) {
  return known === undefined ? madeNothing : { containers: known.containers, needs: known.needs };
}
