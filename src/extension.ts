import * as vscode from 'vscode';
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
  const currentSettings = () => readSettings((message) => log.warn(message));
  let settings = currentSettings();
  let latest: Snapshot | null = null;
  const notifier = createNotifier(context.globalState, () => settings, timed);
  const statusBar = new StatusBar(() => settings, timed);
  const scanCommands = showScanCommands();
  let renderRest: NodeJS.Immediate | null = null;
  // The item comes first; the others get a turn of the host's of their own.
  const showRest = timed('render', () => {
    renderRest = null;
    if (latest !== null) for (const view of [panel, notifier, scanCommands]) view.render(latest);
  });
  const onEvent = (event: EngineEvent): void => {
    if (event.type === 'warning') return notifier.warn(event.warning);
    if (event.type === 'ask' || event.type === 'advice') return undefined;
    if (event.type === 'notice') return notifier.notice(event);
    latest = event.snapshot;
    statusBar.render(latest);
    renderRest ??= setImmediate(showRest);
  };
  const modulePath = context.asAbsolutePath('dist/engine.js');
  const zone = warmIntl(vscode.env.language);
  const greet = () => zone.then((timeZone) => greeting(settings, timeZone));
  const engine = startEngine({ modulePath, greeting: greet, onEvent, onTrouble: notifier.trouble, log, timed });
  const panel = new Panel({ extension: context.extensionUri, engine, run: runCommand, log, timed });
  const settingsChanged = timed('settings', () => {
    settings = currentSettings();
    engine.send({ type: 'settings', settings });
    statusBar.refresh();
  });
  const commands = registerCommands({ engine, panel, log, timed });
  const window = followWindow(engine.send, timed);
  context.subscriptions.push(log, statusBar, engine, panel, commands, window, onSettingsChange(settingsChanged));
  return { spans: read, snapshot: () => latest };
}
