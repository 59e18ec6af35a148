import { join } from 'node:path';
import * as z from 'zod';
import { parseJson } from '../../core/sources/json.ts';
import { readAgentFile, updateFile } from '../agentFiles/safeWrite.ts';

const pathSchema = z.array(z.string());
const fileSchema = z.object({
  path: z.string(),
  kind: z.enum(['own', 'json']),
  /** Name of the kept copy of what stood there without us; empty when that is not known. */
  before: z.string(),
  /** Fingerprint of what we left there. */
  after: z.string(),
  /** Lists that got entries of ours. */
  lists: z.array(pathSchema),
  containers: z.array(pathSchema),
  needs: z.array(z.object({ at: pathSchema, value: z.unknown() })),
  /** Folders made for the file, outermost first. */
  folders: z.array(z.string()),
});
const recordSchema = z.object({ agents: z.record(z.string(), z.array(fileSchema)) });

/** What was done to one file, kept to undo it exactly. */
export type InstalledFile = z.infer<typeof fileSchema>;
type InstallRecord = z.infer<typeof recordSchema>;

export interface InstallRecords {
  of(agent: string): Promise<readonly InstalledFile[]>;
  /** Replaces what is known of the file at that path. */
  put(agent: string, file: InstalledFile): Promise<void>;
  drop(agent: string, path: string): Promise<void>;
  /** Whether a kept copy is still needed. */
  uses(copy: string): Promise<boolean>;
}

/** The record of all windows, in one file of ours; one that cannot be read counts as empty. */
export function createInstallRecords(folder: string): InstallRecords {
  const path = join(folder, 'hooks.json');
  const update = (change: (record: InstallRecord) => InstallRecord): Promise<void> =>
    updateFile(path, (bytes) => `${JSON.stringify(change(parsed(bytes)), null, 2)}\n`);
  const read = async (): Promise<InstallRecord> => parsed((await readAgentFile(path)).bytes);
  return {
    of: async (agent) => (await read()).agents[agent] ?? [],
    put: (agent, file) =>
      update(({ agents }) => ({ agents: { ...agents, [agent]: [...without(agents[agent], file.path), file] } })),
    drop: (agent, gone) =>
      update(({ agents: { [agent]: files, ...others } }) => {
        const left = without(files, gone);
        return { agents: left.length > 0 ? { ...others, [agent]: left } : others };
      }),
    uses: async (copy) =>
      Object.values((await read()).agents).some((files) => files.some((file) => file.before === copy)),
  };
}

function without(files: readonly InstalledFile[] | undefined, gone: string): InstalledFile[] {
  return (files ?? []).filter((file) => file.path !== gone);
}

function parsed(bytes: Buffer | null): InstallRecord {
  return recordSchema.safeParse(parseJson(bytes?.toString('utf8') ?? '')).data ?? { agents: {} };
}
