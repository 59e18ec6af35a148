import type { DatabaseSync } from 'node:sqlite';
import { folderName } from '../../core/folderName.ts';
import { dayKey } from '../../core/period.ts';
import { sources } from '../../core/sources/index.ts';
import type { Dimension, Group } from '../../core/query.ts';
import { zoneOf } from '../../core/zone.ts';
import type { TimeZone, Zone } from '../../core/zone.ts';
import type { ReadTitle } from '../titles.ts';
import type { Cell } from './cells.ts';
import type { Naming } from './groups.ts';
import { agentLabel } from './sourceGlances.ts';

/** Names without any text of a prompt: those of sessions are what remains when their file is gone. */
export function createNaming(view: { readonly db: DatabaseSync; readonly timeZone: TimeZone }): Naming {
  const zone = zoneOf(view.timeZone);
  const statement = view.db.prepare('SELECT key FROM session WHERE id = ?');
  const keys = new Map<number, string>();
  const sessionKey = (session: number): string => {
    const key = keys.get(session) ?? String(statement.get(session)?.['key'] ?? '');
    keys.set(session, key);
    return key;
  };
  return { timeZone: zone, sessionKey, label: (...of) => label(zone, ...of) };
}

function label(timeZone: Zone, dimension: Dimension, key: string, cells: readonly Cell[]): string {
  switch (dimension) {
    case 'agent':
      return agentLabel(sources, key);
    case 'project':
      return folderName(key);
    case 'session': {
      const [first] = cells;
      if (!first) return key;
      const day = dayKey(Math.min(...cells.map((c) => c.firstAt)), timeZone);
      return [day, folderName(first.project), first.branch].filter((part) => part !== '').join(' · ');
    }
    case 'model':
    case 'branch':
    case 'day':
    case 'hour':
      return key;
  }
}

/** The dearest sessions get their titles; reading a file for each of thousands would keep the panel waiting. */
const titled = 150;

/** Puts titles in place of the names of sessions, as far as the agents' own files still have them. */
export async function withTitles(
  db: DatabaseSync,
  sessions: readonly Group[],
  readTitle: ReadTitle,
): Promise<readonly Group[]> {
  const find = db.prepare(
    'SELECT s.agent, f.path FROM session s JOIN file f ON f.id = s.file WHERE s.key = ? AND f.gone = 0',
  );
  const named = sessions.slice(0, titled).map(async (group) => {
    const row = find.get(group.key);
    const title = row ? await readTitle(String(row['agent']), String(row['path'])) : null;
    return title === null ? group : { ...group, label: title };
  });
  return [...(await Promise.all(named)), ...sessions.slice(titled)];
}
