import * as vscode from 'vscode';
import { nextTick } from '../core/cacheCountdown.ts';
import { commandId } from '../core/commands.ts';
import type { Settings } from '../core/settings.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { statusView, turnEnded } from '../core/statusText.ts';
import type { StatusView } from '../core/statusText.ts';
import { tooltipCommands, tooltipMarkdown } from '../core/statusTooltip.ts';
import type { Timed } from './spans.ts';
import { translate } from './translate.ts';

/** How long a turn's sum takes the place of the running figures, ms. */
const turnShownMs = 10_000;

/** Node takes a longer wait for none at all. */
const longestTimerMs = 2 ** 31 - 2;

// A figure of the whole machine belongs to the left; after the workbench's own items there.
const priority = -100;

const backgrounds = {
  warning: new vscode.ThemeColor('statusBarItem.warningBackground'),
  error: new vscode.ThemeColor('statusBarItem.errorBackground'),
};

/** The one item. It touches VS Code only with what has changed. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('meter', vscode.StatusBarAlignment.Left, priority);
  readonly #timed: Timed;
  readonly #settings: () => Settings;
  #snapshot: Snapshot | null = null;
  #shown: StatusView | null = null;
  #tooltip = '';
  /** Updates that VS Code got since it last showed an open tooltip for sure. */
  #updates = 0;
  #turnTimer: NodeJS.Timeout | null = null;
  #tooltipTimer: NodeJS.Timeout | null = null;
  /** Runs only while a countdown is on show. */
  #tick: NodeJS.Timeout | null = null;

  constructor(settings: () => Settings, timed: Timed) {
    this.#settings = settings;
    this.#timed = timed;
    this.#item.name = vscode.l10n.t('Burn Meter');
    this.#item.command = commandId('showBreakdown');
    this.refresh();
    this.#item.show();
  }

  render(snapshot: Snapshot): void {
    if (turnEnded(this.#snapshot, snapshot)) this.#showTurn();
    this.#snapshot = snapshot;
    this.refresh();
  }

  /** After a settings change the same snapshot reads differently. */
  refresh(): void {
    const now = Date.now();
    const options = { leading: this.#settings().leadingFigure, turn: this.#turnTimer !== null, now };
    this.#show(statusView(this.#snapshot, options, translate));
    this.#countDown(now);
    // Most of the work, and not needed for the text: it leaves first. Later still, and an open tooltip would blink.
    this.#tooltipTimer ??= setTimeout(
      this.#timed('statusBar.tooltip', () => this.#explain()),
      0,
    );
  }

  dispose(): void {
    if (this.#turnTimer !== null) clearTimeout(this.#turnTimer);
    if (this.#tooltipTimer !== null) clearTimeout(this.#tooltipTimer);
    if (this.#tick !== null) clearTimeout(this.#tick);
    this.#item.dispose();
  }

  #countDown(now: number): void {
    if (this.#tick !== null) clearTimeout(this.#tick);
    const next = this.#snapshot === null ? null : nextTick(this.#snapshot, now);
    // Timers may come a little early, and a figure that has not changed yet would be looked at again at once.
    const tick = this.#timed('statusBar.tick', () => this.refresh());
    this.#tick = next === null ? null : setTimeout(tick, Math.min(next - now, longestTimerMs) + 1);
  }

  #showTurn(): void {
    if (this.#turnTimer !== null) clearTimeout(this.#turnTimer);
    const over = this.#timed('statusBar.turnOver', () => {
      this.#turnTimer = null;
      this.refresh();
    });
    this.#turnTimer = setTimeout(over, turnShownMs);
  }

  #show(view: StatusView): void {
    const shown = this.#shown;
    if (shown !== null && isSame(view, shown)) return;
    this.#shown = view;
    this.#updates += 1;
    if (view.text !== shown?.text) this.#item.text = view.text;
    if (view.label !== shown?.label) this.#item.accessibilityInformation = { label: view.label, role: 'button' };
    if (view.background !== (shown?.background ?? null)) {
      this.#item.backgroundColor = view.background === null ? undefined : backgrounds[view.background];
    }
  }

  #explain(): void {
    this.#tooltipTimer = null;
    const markdown = tooltipMarkdown(this.#snapshot, { locale: vscode.env.language, now: Date.now() }, translate);
    if (markdown === this.#tooltip && this.#updates === 0) return;
    this.#tooltip = markdown;
    this.#setTooltip(markdown);
    this.#updates += 1;
    // Each update of an item hides its tooltip where it is open and shows it where it was hidden: an odd number of them
    // would take it from under the reader's eyes. VS Code sends what is set in one turn of the loop as one update.
    const again = this.#timed('statusBar.tooltipAgain', () => this.#setTooltip(markdown));
    if (this.#updates % 2 === 1) setTimeout(again, 0);
    this.#updates = 0;
  }

  #setTooltip(markdown: string): void {
    const tooltip = new vscode.MarkdownString(markdown, true);
    tooltip.isTrusted = { enabledCommands: tooltipCommands.map(commandId) };
    this.#item.tooltip = tooltip;
  }
}

function isSame(a: StatusView, b: StatusView): boolean {
  return a.text === b.text && a.label === b.label && a.background === b.background;
}
