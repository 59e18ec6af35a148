import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { folderName } from '../../../src/core/folderName.ts';
import type { CallDetail, Calls } from '../../../src/core/query.ts';
import { promptTokens } from '../../../src/core/usage.ts';
import { cacheShare } from '../compare.ts';
import type { Scene } from '../scene.ts';
import { callsPerPage } from '../uiState.ts';
import { callDetail } from './callDetail.ts';

/** Single calls, newest first, a page at a time; each opens to its arithmetic. */
export function callsView({ total, calls }: Calls, scene: Scene): TemplateResult {
  const { t } = scene;
  return html`<table class="rows calls" data-testid="calls">
      <caption class="hidden-text">
        ${t('Calls, newest first')}
      </caption>
      <thead>
        <tr>
          <th scope="col" class="text">${t('Time')}</th>
          <th scope="col" class="text">${t('Model')}</th>
          <th scope="col" class="text from-wide">${t('Project')}</th>
          <th scope="col" class="num from-middle">${t('Tokens in')}</th>
          <th scope="col" class="num from-wide">${t('Cached')}</th>
          <th scope="col" class="num from-middle">${t('Tokens out')}</th>
          <th scope="col" class="num">${t('List value')}</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          calls,
          (call) => call.id,
          (call) => callRows(call, scene),
        )}
      </tbody>
    </table>
    ${total === 0 ? html`<p class="none">${t('No calls here.')}</p>` : pager(total, scene)}`;
}

function callRows(call: CallDetail, scene: Scene): TemplateResult {
  const { model, t, fig, act } = scene;
  const open = model.ui.open.includes(call.id);
  return html`<tr class=${open ? 'open' : ''} data-key=${call.id} @click=${() => act.toggleCall(call.id)}>
      <th scope="row" class="text">
        <button type="button" class="row-name opener" aria-expanded=${open}>
          <span class="twist" aria-hidden="true">${open ? '▾' : '▸'}</span>${fig.when(call.at)}
        </button>
      </th>
      <td class="text">
        ${call.model}${call.subagent === null ? nothing : html` <span class="faint">${t('subagent')}</span>`}
      </td>
      <td class="text from-wide">${placeOf(call)}</td>
      <td class="num from-middle">${fig.tokens(promptTokens(call.tokens))}</td>
      <td class="num from-wide">${fig.share(cacheShare(call.tokens))}</td>
      <td class="num from-middle">${fig.tokens(call.tokens.output)}</td>
      <td class="num">
        ${call.listCost === null ? html`<span class="unpriced">${t('unpriced')}</span>` : fig.usd(call.listCost)}
      </td>
    </tr>
    ${
      open
        ? html`<tr class="detail">
            <td colspan="7">${callDetail(call, scene)}</td>
          </tr>`
        : nothing
    }`;
}

function placeOf({ project, branch }: CallDetail): string {
  return [project && folderName(project), branch].filter(Boolean).join(' · ');
}

function pager(total: number, { model, t, fig, act }: Scene): TemplateResult {
  const { offset } = model.ui;
  const last = Math.min(total, offset + callsPerPage);
  return html`<nav class="pager" aria-label=${t('Pages of calls')}>
    <vscode-button secondary ?disabled=${offset === 0} @click=${() => act.turnPage(Math.max(0, offset - callsPerPage))}
      >${t('Newer')}</vscode-button
    >
    <span>${t('{0}–{1} of {2}', fig.whole(Math.min(total, offset + 1)), fig.whole(last), fig.whole(total))}</span>
    <vscode-button secondary ?disabled=${last >= total} @click=${() => act.turnPage(offset + callsPerPage)}
      >${t('Older')}</vscode-button
    >
  </nav>`;
}
