import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { dayKey, dayPeriod } from '../core/period.ts';
import type { RateCard } from '../core/pricing/rateCard.ts';
import type { FromEngine, ToEngine } from '../core/protocol.ts';
import type { Settings } from '../core/settings.ts';
import type { PreflightGlance, Scan } from '../core/snapshot.ts';
import { zoneOf } from '../core/zone.ts';
import { ledgerPath } from './dataFolder.ts';
import { createInFlight } from './inFlight.ts';
import type { Change } from './ledger/changes.ts';
import { openLedger, openReader } from './ledger/open.ts';
import { messageOf } from './messageOf.ts';
import { createMeter } from './meter.ts';
import type { MeterOptions } from './meter.ts';
import { createDesk } from './preflight/desk.ts';
import type { Desk } from './preflight/desk.ts';
import { createForeteller } from './preflight/foretell.ts';
import { createPrices } from './prices.ts';
import type { Prices } from './prices.ts';
import { createProjects } from './project.ts';
import type { ServiceOptions } from './serviceOptions.ts';
import { createThinkingLook } from './thinking/look.ts';
import { createShowing } from './showing.ts';
import type { Showing } from './showing.ts';
import { createAnswering } from './windowAnswers.ts';
import type { Answering } from './windowAnswers.ts';
import { createReading } from './windowReading.ts';
import type { WindowReading } from './windowReading.ts';

/** All that the engine does for one window. */
export interface EngineWindow {
  receive(message: ToEngine): void;
  dispose(): void;
}

/** What the extension host has told, and how far reading has come. */
interface WindowState {
  settings: Settings;
  /** The window's folders as the editor has them, and the roots of their projects. */
  folders: readonly string[];
  projects: readonly string[];
  focused: boolean;
  trusted: boolean;
  scan: Scan;
}

type Start = Extract<ToEngine, { type: 'start' }>;

const idle: Scan = { state: 'idle', filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0 };
const hour = 3_600_000;

/** The two connections of one window to the ledger. */
interface Connections {
  readonly path: string;
  readonly db: DatabaseSync;
  readonly reader: DatabaseSync;
}

/** Opens the ledger and begins to read. Rejects with a message fit for the user when the ledger cannot be opened. */
export async function openWindow(options: ServiceOptions, start: Start): Promise<EngineWindow> {
  const path = ledgerPath(options.host);
  const { db, notice } = openLedger(path);
  if (notice !== null) options.send({ type: 'notice', level: 'warning', message: notice });
  const ledger: Connections = { path, db, reader: openReader(path) };
  const { settings, trusted } = start;
  const state: WindowState = { settings, folders: [], projects: [], focused: false, trusted, scan: idle };
  const prices = await loadWindowPrices(options, ledger, state, (change) => parts.showing.changed(change));
  const parts = createParts(options, start, ledger, state, prices);
  const window = createWindow(state, parts);
  window.receive({ type: 'folders', folders: start.folders });
  parts.updatePrices();
  const hourly = setInterval(parts.updatePrices, hour);
  return {
    receive: (message) => window.receive(message),
    dispose: () => {
      clearInterval(hourly);
      window.dispose();
      ledger.reader.close();
      db.close();
    },
  };
}

function loadWindowPrices(
  { now, fetch, send }: ServiceOptions,
  { db, path }: Connections,
  state: WindowState,
  onChange: (change: Change) => void,
): Promise<Prices> {
  return createPrices({
    db,
    now,
    fetch,
    folder: dirname(path),
    settings: () => state.settings,
    onChange,
    notice: (level, message) => send({ type: 'notice', level, message }),
  });
}

/** What one window is made of. */
interface Parts {
  readonly showing: Showing;
  readonly reading: WindowReading;
  readonly desk: Desk;
  readonly answering: Answering;
  readonly updatePrices: () => void;
  /** Root of the project that a folder belongs to. */
  readonly projectOf: (folder: string) => string;
}

function createParts(
  options: ServiceOptions,
  start: Start,
  ledger: Connections,
  state: WindowState,
  prices: Prices,
): Parts {
  const { now, clock, send } = options;
  const card = (): RateCard => prices.card();
  const projectOf = createProjects();
  const thinkingLook = createThinkingLook(options.host);
  const foreteller = createForeteller({
    db: ledger.reader,
    card,
    clock,
    effortOf: (agent, cwd, model) => thinkingLook.effort(agent, cwd, model),
    modelOf: (agent, cwd) => thinkingLook.model(agent, cwd),
  });
  const preflight = (): PreflightGlance => desk.glance();
  const showing = createWindowShowing(options, start, ledger.reader, state, { card, foreteller }, preflight);
  const desk = createDesk({
    ...options,
    dataFolder: dirname(ledger.path),
    db: ledger.reader,
    write: ledger.db,
    timeZone: start.timeZone,
    settings: () => state.settings,
    folders: () => state.folders,
    focused: () => state.focused,
    trusted: () => state.trusted,
    projectOf,
    foreteller,
    thinkingLook,
    onChange: () => showing.refresh(true),
  });
  const inFlight = createInFlight({
    db: ledger.reader,
    folders: () => state.projects,
    warnAbove: () => state.settings.warnAbove,
    foreteller,
  });
  const reading = createReading(options, {
    ...ledger,
    card,
    extraHomes: () => state.settings.extraHomes,
    onChange: (change) => {
      showing.changed(change);
      for (const warning of inFlight(now())) send({ type: 'warning', warning });
    },
    onScan: (scan) => {
      const turned = scan.state !== state.scan.state;
      state.scan = scan;
      showing.refresh(turned);
    },
  });
  const answering = createAnswering(options, { ledgerPath: ledger.path, timeZone: start.timeZone, prices, desk });
  return { showing, reading, desk, answering, updatePrices: () => logged(send, prices.update()), projectOf };
}

/** Carries out what the extension host says. */
function createWindow(state: WindowState, parts: Parts): EngineWindow {
  const { showing, reading, desk, answering, updatePrices, projectOf } = parts;
  const setSettings = (settings: Settings): void => {
    const elsewhere = JSON.stringify(settings.extraHomes) !== JSON.stringify(state.settings.extraHomes);
    state.settings = settings;
    if (elsewhere) reading.restart();
    updatePrices();
    desk.windowChanged();
    showing.refresh(true);
  };
  const setFolders = (folders: readonly string[]): void => {
    state.folders = folders;
    state.projects = folders.map(projectOf);
    desk.windowChanged();
    showing.refresh(true);
  };
  const setFocus = (focused: boolean): void => {
    state.focused = focused;
    desk.windowChanged();
    showing.focus(focused);
  };
  const trust = (): void => {
    state.trusted = true;
    desk.windowChanged();
  };
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
          return setFocus(message.focused);
        case 'trust':
          return trust();
        case 'cancelScan':
          return reading.ingest().cancelScan();
        case 'resumeScan':
          return reading.ingest().resumeScan();
        case 'rebuild':
          return reading.ingest().rebuild();
        case 'query':
          return answering.ask(message.id, message.query);
        case 'act':
          return answering.act(message.id, message.action);
        case 'asked':
          return desk.answered(message.id, message.choice);
      }
    },
    dispose: () => {
      showing.dispose();
      answering.dispose();
      desk.dispose();
      reading.ingest().dispose();
    },
  };
}

function createWindowShowing(
  { now, clock, send }: ServiceOptions,
  { timeZone, host }: Start,
  db: DatabaseSync,
  state: WindowState,
  prices: Pick<MeterOptions, 'card' | 'foreteller'>,
  preflight: () => PreflightGlance,
): Showing {
  const zone = zoneOf(timeZone);
  const meter = createMeter({
    db,
    timeZone,
    host,
    clock,
    settings: () => state.settings,
    folders: () => state.projects,
    scan: () => state.scan,
    preflight,
    ...prices,
  });
  return createShowing({
    meter,
    now,
    clock,
    send: (snapshot) => send({ type: 'snapshot', snapshot }),
    dayEnd: (at) => dayPeriod(dayKey(at, zone), zone).until,
  });
}

function logged(send: (message: FromEngine) => void, work: Promise<void>): void {
  work.catch((error: unknown) => send({ type: 'log', level: 'error', message: messageOf(error) }));
}
