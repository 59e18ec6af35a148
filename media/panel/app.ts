import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { header } from './views/header.ts';
import { breakdownView } from './views/breakdown.ts';
import { explainedView } from './views/explained.ts';
import { pricesView } from './views/prices.ts';
import { problemsView } from './views/problems.ts';
import { projectionView } from './views/projection.ts';
import { notices, scanView } from './views/scan.ts';
import { onScreen } from './model.ts';
import type { Scene } from './scene.ts';
import type { ViewName } from './uiState.ts';

const viewOf: Readonly<Record<ViewName, (scene: Scene) => TemplateResult>> = {
  breakdown: breakdownView,
  projection: projectionView,
  prices: pricesView,
  problems: problemsView,
};

/** The whole panel as a function of the scene. */
export function app(scene: Scene): TemplateResult {
  const { model, t } = scene;
  if (model.snapshot === null) return html`<p class="none" aria-busy="true">${t('Starting…')}</p>`;
  const { error, value } = onScreen(model);
  return html`${header(scene)} ${scanView(scene)} ${notices(scene, error, value !== null)}
    <div id="view" role="tabpanel" aria-labelledby="tab-${model.ui.view}">
      ${model.explain === null ? viewOf[model.ui.view](scene) : explainedView(scene)}
    </div>`;
}
