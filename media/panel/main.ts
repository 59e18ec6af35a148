// oxlint-disable import/no-unassigned-import -- custom elements and styles do their work by being imported
import '@vscode-elements/elements/dist/vscode-badge/vscode-badge.js';
import '@vscode-elements/elements/dist/vscode-button/vscode-button.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/vscode-progress-bar.js';
import './panel.css';
import { createActions } from './actions.ts';
import { createHost } from './host.ts';
import type { VsCodeApi } from './host.ts';
import { receive } from './inbox.ts';
import { listenToKeys } from './keys.ts';
import { createLoader } from './loader.ts';
import { createModel } from './model.ts';
import type { Model } from './model.ts';
import { coalesce } from './refresh.ts';
import { createRenderer } from './renderer.ts';
import { createTranslate } from './strings.ts';
import { restoreUiState } from './uiState.ts';

declare function acquireVsCodeApi(): VsCodeApi;

/** Live figures are asked for at most this often, ms. */
const liveGap = 500;
/** And at least this often while the panel is on screen: a day ends, an engine dies. */
const pulse = 60_000;

function later(ms: number, run: () => void): void {
  setTimeout(run, ms);
}

function start(root: HTMLElement): void {
  const api = acquireVsCodeApi();
  const host = createHost(api, later);
  const model = createModel(restoreUiState(api.getState()), createTranslate({}));
  const render = createRenderer(root, model, () => actions);
  const load = createLoader(model, host, render);
  const refresh = coalesce(load, liveGap, { now: () => performance.now(), later });
  const save = (): void => api.setState(model.ui);
  const actions = createActions(model, host, { render, load: () => void load(), save });

  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    receive(event.data, { model, host, actions, render, refresh });
  });
  listenToKeys(model, actions);
  watchWidth(root, model, render);
  setInterval(() => {
    if (!document.hidden && model.snapshot !== null) refresh();
  }, pulse);
  render();
  host.post({ type: 'ready' });
}

function watchWidth(root: HTMLElement, model: Model, render: () => void): void {
  new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? model.width);
    if (width === model.width || width === 0) return;
    model.width = width;
    render();
  }).observe(root);
}

const root = document.getElementById('app');
if (root !== null) start(root);
