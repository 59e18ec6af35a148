import * as vscode from 'vscode';
import type { Choice } from './core/preflight/question.ts';
import type { Snapshot } from './core/snapshot.ts';
import { registerCommands, runCommand, showScanCommands } from './vscode/commands.ts';
import { startEngine } from './vscode/engineProcess.ts';
import type { EngineEvent } from './vscode/engineProcess.ts';
import { warmIntl } from './vscode/intl.ts';
import { createNotifier } from './vscode/notifier.ts';
import { Panel } from './vscode/panel.ts';
import { onSettingsChange, readSettings } from './vscode/settings.ts';
import { createSpans } from './vscode/spans.ts';
import type { Span, Spans } from './vscode/spans.ts';
import { StatusBar } from './vscode/statusBar.ts';
import { createViews } from './vscode/views.ts';
import { followWindow, greeting } from './vscode/window.ts';

/** What tests and benchmarks may read; other extensions get nothing. */
export interface TestApi {
  spans(): Record<string, Span>;
  snapshot(): Snapshot | null;
}

export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const log = vscode.window.createOutputChannel('Burn Meter', { log: true });
  const spans = createSpans((message) => log.warn(message));
  const api = spans.timed('activate', compose)(context, log, spans);
  const tested = context.extensionMode === vscode.ExtensionMode.Test || process.env['BURN_METER_TEST'] === '1';
  return tested ? api : undefined;
}

function compose(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, { timed, read }: Spans): TestApi {
  const currentSettings = () => {
    const usable = readSettings();
    for (const what of usable.refused) log.warn(`a setting is not usable and left out: ${what}`);
    return usable;
  };
  let { settings, refused } = currentSettings();
  const answer = (id: number, choice: Choice) => engine.send({ type: 'asked', id, choice });
  const own = { settings: () => settings, refused: () => refused };
  const notifier = createNotifier({ state: context.globalState, ...own, answer, timed });
  const statusBar = new StatusBar(() => settings, timed);
  const scanCommands = showScanCommands();
  const views = createViews(statusBar, () => [panel, notifier, scanCommands], timed);
  const onEvent = (event: EngineEvent): void =>
    event.type === 'snapshot' ? views.show(event.snapshot) : notifier.hear(event);
  const modulePath = context.asAbsolutePath('dist/engine.js');
  const zone = warmIntl(vscode.env.language);
  const greet = () => zone.then((timeZone) => greeting(settings, timeZone));
  const engine = startEngine({ modulePath, greeting: greet, onEvent, notifier, log, timed });
  const panel = new Panel({ extension: context.extensionUri, engine, run: runCommand, log, timed });
  const settingsChanged = timed('settings', () => {
    ({ settings, refused } = currentSettings());
    notifier.settingsChanged();
    engine.send({ type: 'settings', settings });
    statusBar.refresh();
  });
  const commands = registerCommands({ engine, panel, latest: views.latest, log, timed });
  const window = followWindow(engine.send, timed);
  context.subscriptions.push(log, statusBar, engine, panel, commands, window, onSettingsChange(settingsChanged));
  return { spans: read, snapshot: views.latest };
}
