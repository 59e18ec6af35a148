import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { isBehind } from '../model.ts';
import type { Scene } from '../scene.ts';
import { callDetail } from './callDetail.ts';

/** The call that "explain this number" asked for, alone on screen. */
export function explainedView(scene: Scene): TemplateResult {
  const { model, t, fig, act } = scene;
  const { value } = model.explained;
  const cost = value?.listCost ?? null;
  return html`<section class="explained">
    <button type="button" class="quiet" data-focus-home @click=${() => act.explain(null)}>← ${t('Back')}</button>
    ${
      isBehind(model.explained)
        ? html`<p class="none">${t('Looking the call up…')}</p>`
        : value === null
          ? html`<p class="none">${t('This call is not in the ledger.')}</p>`
          : html`<h2>${t('One call: {0}', cost === null ? t('unpriced') : fig.usd(cost))}</h2>
              ${callDetail(value, scene)}`
    }
  </section>`;
}
