import * as vscode from 'vscode';
import type { FromPanel, ToPanel } from '../core/panelProtocol.ts';
import type { Answers, Query } from '../core/query.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Engine, Log } from './engineProcess.ts';
import { parseFromPanel } from './fromPanel.ts';
import { panelPage, panelRoots } from './panelPage.ts';
import { openRecord, recordFiles } from './records.ts';
import type { Timed } from './spans.ts';

const panelType = 'burnMeter.breakdown';

export interface PanelOptions {
  readonly extension: vscode.Uri;
  readonly engine: Pick<Engine, 'query'>;
  readonly run: (command: Extract<FromPanel, { type: 'command' }>['command']) => void;
  readonly log: Log;
  readonly timed: Timed;
}

type Request = Extract<ToPanel, { type: 'show' | 'explain' }>;

/**
 * The breakdown, at most one in a window. A hidden page is thrown away by VS Code and says `ready` again when it comes
 * back: from then on it gets everything once (hydrate), then each snapshot; while hidden it gets nothing.
 */
export class Panel implements vscode.Disposable {
  readonly #options: PanelOptions;
  readonly #serializer: vscode.Disposable;
  /** Only these may be opened from the page. */
  readonly #reported = new Set<string>();
  #panel: vscode.WebviewPanel | null = null;
  #snapshot: Snapshot | null = null;
  /** Counts the pages that said `ready`: an answer to an earlier one is nobody's. */
  #page = 0;
  #ready = false;
  #hydrated = false;
  #request: Request | null = null;

  constructor(options: PanelOptions) {
    this.#options = options;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: options.timed('panel.restore', (panel: vscode.WebviewPanel) => {
        this.#adopt(panel);
        return Promise.resolve();
      }),
    });
  }

  /** Brings the panel to the front, with a view or a call's arithmetic when asked for one. */
  open(request: Request | null = null): void {
    this.#request = request;
    if (this.#panel === null) this.#adopt(this.#create());
    else this.#panel.reveal();
    this.#flush();
  }

  render(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    if (this.#hydrated) this.#post({ type: 'snapshot', snapshot });
    else this.#flush();
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#panel?.dispose();
  }

  #create(): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(panelType, vscode.l10n.t('Burn Meter'), vscode.ViewColumn.Active);
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const { extension, timed } = this.#options;
    this.#panel?.dispose();
    this.#panel = panel;
    this.#pageGone();
    panel.webview.options = { enableScripts: true, localResourceRoots: panelRoots(extension) };
    panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.svg');
    panel.webview.onDidReceiveMessage(timed('panel.message', (raw: unknown) => this.#receive(raw)));
    panel.onDidChangeViewState(
      timed('panel.viewState', () => {
        if (!panel.visible && panel === this.#panel) this.#pageGone();
      }),
    );
    panel.onDidDispose(
      timed('panel.closed', () => {
        if (panel !== this.#panel) return;
        this.#panel = null;
        this.#pageGone();
      }),
    );
    panel.webview.html = panelPage(panel.webview, extension);
  }

  #pageGone(): void {
    this.#ready = false;
    this.#hydrated = false;
  }

  #receive(raw: unknown): void {
    const message = parseFromPanel(raw);
    if (message === null) this.#options.log.warn('a message of the panel was not understood');
    else if (message.type === 'query') this.#relay(message.id, message.query);
    else if (message.type === 'command') this.#options.run(message.command);
    else if (message.type === 'openRecord') this.#openRecord(message.file, message.line);
    else this.#welcome();
  }

  #welcome(): void {
    this.#page += 1;
    this.#ready = true;
    this.#hydrated = false;
    this.#flush();
  }

  /** Sends what waits for a page that listens: everything there is to know, then what the user asked to see. */
  #flush(): void {
    if (!this.#ready || this.#snapshot === null) return;
    if (!this.#hydrated) {
      this.#hydrated = true;
      const strings = vscode.l10n.bundle ?? {};
      this.#post({ type: 'hydrate', snapshot: this.#snapshot, locale: vscode.env.language, strings });
    }
    if (this.#request !== null) this.#post(this.#request);
    this.#request = null;
  }

  #relay(id: number, query: Query): void {
    const page = this.#page;
    const { engine, timed } = this.#options;
    const answered = timed('panel.answer', (answer: Answers[Query['kind']]) => {
      for (const file of recordFiles(answer)) this.#reported.add(file);
      if (page === this.#page) this.#post({ type: 'answer', id, answer });
    });
    const failed = timed('panel.failure', (reason: unknown) => {
      const message = reason instanceof Error ? reason.message : String(reason);
      if (page === this.#page) this.#post({ type: 'failure', id, message });
    });
    engine.query(query).then(answered, failed);
  }

  #openRecord(file: string, line: number): void {
    if (this.#reported.has(file)) openRecord(file, line);
    else this.#options.log.warn('the panel asked for a file that the engine did not report');
  }

  #post(message: ToPanel): void {
    void this.#panel?.webview.postMessage(message);
  }
}
