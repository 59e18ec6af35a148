import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { dayKey, dayPeriod } from '../core/period.ts';
import { priceRows } from '../core/pricing/rateCard.ts';
import type { FromEngine, ToEngine } from '../core/protocol.ts';
import type { Query } from '../core/query.ts';
import type { Settings } from '../core/settings.ts';
import type { Scan } from '../core/snapshot.ts';
import { sources } from '../core/sources/index.ts';
import type { HostFacts } from '../core/sources/source.ts';
import { zoneOf } from '../core/zone.ts';
import { ledgerPath } from './dataFolder.ts';
import { createInFlight } from './inFlight.ts';
import { startIngest } from './ingest/ingest.ts';
import type { Ingest } from './ingest/ingest.ts';
import type { Change } from './ledger/changes.ts';
import { openLedger, openReader } from './ledger/open.ts';
import { messageOf } from './messageOf.ts';
import { createMeter } from './meter.ts';
import { createPrices } from './prices.ts';
import type { Prices } from './prices.ts';
import { createProjects } from './project.ts';
import { createQueryThread } from './queryThread.ts';
import type { ServiceOptions } from './serviceOptions.ts';
import { createShowing } from './showing.ts';
import type { Showing } from './showing.ts';

/** All that the engine does for one window. */
export interface EngineWindow {
  receive(message: ToEngine): void;
  dispose(): void;
}

/** What the extension host has told, and how far reading has come. */
interface WindowState {
  settings: Settings;
  /** Roots of the projects of the window's folders. */
  folders: readonly string[];
  scan: Scan;
}

type Start = Extract<ToEngine, { type: 'start' }>;

const idle: Scan = { state: 'idle', filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0 };
const hour = 3_600_000;

/** Opens the ledger and begins to read. Rejects with a message fit for the user when the ledger cannot be opened. */
export async function openWindow(options: ServiceOptions, start: Start): Promise<EngineWindow> {
  const { host, now, send, fetch } = options;
  const path = ledgerPath(host);
  const { db, notice } = openLedger(path);
  if (notice !== null) send({ type: 'notice', level: 'warning', message: notice });
  const reader = openReader(path);
  const state: WindowState = { settings: start.settings, folders: start.folders, scan: idle };
  const showing = createWindowShowing(options, start, reader, state);
  const prices = await createPrices({
    db,
    now,
    fetch,
    folder: dirname(path),
    settings: () => state.settings,
    onChange: (change) => showing.changed(change),
    notice: (level, message) => send({ type: 'notice', level, message }),
  });
  const inFlight = createInFlight({
    db: reader,
    card: () => prices.card(),
    folders: () => state.folders,
    warnAbove: () => state.settings.warnAbove,
  });
  const onChange = (change: Change): void => {
    showing.changed(change);
    for (const warning of inFlight(now())) send({ type: 'warning', warning });
  };
  const reading = createReading(options, { db, path, state, showing, prices, onChange });
  const updatePrices = (): void => logged(send, prices.update());
  const hourly = setInterval(updatePrices, hour);
  const answering = createAnswering(options, start, { path, prices });
  const projectOf = createProjects();
  const setFolders = (folders: readonly string[]): void => {
    state.folders = folders.map(projectOf);
    showing.refresh(true);
  };
  const setSettings = (settings: Settings): void => {
    const elsewhere = JSON.stringify(settings.extraHomes) !== JSON.stringify(state.settings.extraHomes);
    state.settings = settings;
    if (elsewhere) reading.restart();
    updatePrices();
    showing.refresh(true);
  };
  setFolders(start.folders);
  updatePrices();
  return {
    receive: (message) => {
      switch (message.type) {
        case 'start':
          return;
        case 'settings':
          return setSettings(message.settings);
        case 'folders':
          return setFolders(message.folders);
        case 'focus':
          return showing.focus(message.focused);
        case 'cancelScan':
          return reading.ingest().cancelScan();
        case 'resumeScan':
          return reading.ingest().resumeScan();
        case 'rebuild':
          return reading.ingest().rebuild();
        case 'trust':
        case 'act':
        case 'asked':
          return;
        case 'query':
          return answering.ask(message.id, message.query);
      }
    },
    dispose: () => {
      clearInterval(hourly);
      showing.dispose();
      answering.dispose();
      reading.ingest().dispose();
      reader.close();
      db.close();
    },
  };
}

function createWindowShowing(
  { now, clock, send }: ServiceOptions,
  { timeZone, host }: Start,
  db: DatabaseSync,
  state: WindowState,
): Showing {
  const zone = zoneOf(timeZone);
  const meter = createMeter({
    db,
    timeZone,
    host,
    clock,
    settings: () => state.settings,
    folders: () => state.folders,
    scan: () => state.scan,
    preflight: () => ({ agents: [], snoozedUntil: 0 }),
  });
  return createShowing({
    meter,
    now,
    clock,
    send: (snapshot) => send({ type: 'snapshot', snapshot }),
    dayEnd: (at) => dayPeriod(dayKey(at, zone), zone).until,
  });
}

interface ReadingParts {
  readonly db: DatabaseSync;
  readonly path: string;
  readonly state: WindowState;
  readonly showing: Showing;
  readonly prices: Prices;
  readonly onChange: (change: Change) => void;
}

/** Ingest with the homes that the settings name now. */
function createReading(options: ServiceOptions, parts: ReadingParts): { ingest(): Ingest; restart(): void } {
  const { state, showing } = parts;
  const begin = (): Ingest =>
    startIngest({
      db: parts.db,
      ledgerPath: parts.path,
      sources,
      now: options.now,
      onChange: parts.onChange,
      homes: [options.host, ...state.settings.extraHomes.map((home) => otherHome(options.host, home))],
      card: () => parts.prices.card(),
      onScan: (scan) => {
        const turned = scan.state !== state.scan.state;
        state.scan = scan;
        showing.refresh(turned);
      },
      log: (level, message) => options.send({ type: 'log', level, message }),
      onDamage: options.onDamage,
    });
  let ingest = begin();
  return {
    ingest: () => ingest,
    restart: () => {
      ingest.dispose();
      ingest = begin();
    },
  };
}

/** A home that is not this process's own: our environment says nothing of it. */
function otherHome({ platform }: HostFacts, home: string): HostFacts {
  return { platform, home, env: {} };
}

function createAnswering(
  { now, send, entry }: ServiceOptions,
  { timeZone }: Start,
  { path, prices }: { readonly path: string; readonly prices: Prices },
): Answering {
  const thread = createQueryThread(entry, { ledgerPath: path, timeZone }, (id, found) => {
    if (found instanceof Error) send({ type: 'failure', id, message: found.message });
    else send({ type: 'answer', id, answer: found });
  });
  return {
    ask: (id, query) => {
      if (query.kind !== 'prices') return thread.ask(id, query, now());
      const rows = priceRows(prices.card());
      return send({ type: 'answer', id, answer: { rows, refreshedAt: prices.refreshedAt() } });
    },
    dispose: () => thread.dispose(),
  };
}

interface Answering {
  ask(id: number, query: Query): void;
  dispose(): void;
}

function logged(send: (message: FromEngine) => void, work: Promise<void>): void {
  work.catch((error: unknown) => send({ type: 'log', level: 'error', message: messageOf(error) }));
}
