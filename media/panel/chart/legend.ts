import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Breakdown } from '../../../src/core/query.ts';
import type { Scene } from '../scene.ts';
import { colourOf } from './palette.ts';

/** One button per series; pressed means drawn. */
export function legend(series: Breakdown['chart']['series'], scene: Scene): TemplateResult {
  const { model, act, t } = scene;
  return html`<ul class="legend" aria-label=${t('Series')}>
    ${series.map(({ key, label }) => {
      const visible = !model.ui.hidden.includes(key);
      return html`<li>
        <button type="button" data-key=${key} aria-pressed=${visible} @click=${() => act.toggleSeries(key)}>
          <span class="swatch" style="--series:${colourOf(key, model.palette)}"></span
          ><span class="clip">${label || t('(none recorded)')}</span>
        </button>
      </li>`;
    })}
  </ul>`;
}
