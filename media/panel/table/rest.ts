import { html, nothing } from 'lit';
import type { Scene } from '../scene.ts';

/** What stands under a table: that nothing was found, or a button for the rows of `found` beyond the `shown` ones. */
export function restOf(found: number, shown: number, { t, act }: Scene): unknown {
  if (found === 0) return html`<p class="none">${t('Nothing matches.')}</p>`;
  if (found <= shown) return nothing;
  return html`<vscode-button secondary class="more" @click=${act.showMore}>
    ${t('Show more ({0} left)', found - shown)}
  </vscode-button>`;
}
