import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Breakdown } from '../../../src/core/query.ts';
import { isUnpriced } from '../../../src/core/totals.ts';
import { chartView } from '../chart/chart.ts';
import { searchField, tabList } from '../controls.ts';
import { isBehind } from '../model.ts';
import type { Scene } from '../scene.ts';
import { groupTable } from '../table/groupTable.ts';
import { stacks } from '../uiState.ts';
import type { Stack, Tab } from '../uiState.ts';
import { callsView } from './calls.ts';
import { periodPicker } from './header.ts';
import { headline } from './headline.ts';
import { nothingYet } from './nothingYet.ts';

/** Headline, chart and tables of the period and the filters. */
export function breakdownView(scene: Scene): TemplateResult {
  const { model, t } = scene;
  const { value } = model.breakdown;
  const busy = isBehind(model.breakdown);
  return html`<div class="toolbar">${periodPicker(scene)}</div>
    ${chips(scene)}
    ${
      value === null
        ? html`<p class="none" aria-busy="true">${model.breakdown.error === null ? t('Adding up…') : nothing}</p>`
        : html`<div class=${busy ? 'figures behind' : 'figures'} aria-busy=${busy}>
            ${headline(value, scene)}
            ${value.totals.calls === 0 ? nothingYet(scene) : html`${chartSection(value, scene)} ${tables(value, scene)}`}
          </div>`
    }`;
}

function chips({ model, t, act }: Scene): TemplateResult {
  const names = nouns({ t });
  return html`<div class="chips" role="group" aria-label=${t('Filters')}>
    <span class="hidden-text" role="status"
      >${model.ui.chips.map((c) => `${names[c.dimension]}: ${c.label || t('(none recorded)')}`).join(', ')}</span
    >
    ${model.ui.chips.map((chip) => {
      const label = chip.label || t('(none recorded)');
      return html`<span class="chip" data-testid="chip" data-dimension=${chip.dimension}>
        <span class="faint">${names[chip.dimension]}</span> <span class="chip-label" title=${chip.value}>${label}</span>
        <button
          type="button"
          aria-label=${t('Remove the filter {0}', label)}
          @click=${() => act.dropChip(chip.dimension)}
        >
          ✕
        </button>
      </span>`;
    })}
    ${
      model.ui.chips.length > 0
        ? html`<button type="button" class="quiet" @click=${() => act.back()}>← ${t('Back')}</button>`
        : nothing
    }
  </div>`;
}

function chartSection(value: Breakdown, scene: Scene): TemplateResult {
  const { model, t, act } = scene;
  const names: Record<Stack, string> = { model: t('Model'), agent: t('Agent'), project: t('Project') };
  return html`<section class="chart-section">
    <div class="section-head">
      <h2>${value.chart.bucket === 'hour' ? t('List value by hour') : t('List value by day')}</h2>
      <div class="segments small" role="group" aria-label=${t('Stack by')} data-testid="stack">
        ${stacks.map(
          (id) =>
            html`<button
              type="button"
              data-stack=${id}
              aria-pressed=${model.ui.stack === id}
              @click=${() => act.setStack(id)}
            >
              ${names[id]}
            </button>`,
        )}
      </div>
    </div>
    ${
      isUnpriced(value.totals)
        ? html`<p class="none">${t('Nothing here has a known price. Open a call to see what to do about it.')}</p>`
        : chartView(value.chart, scene)
    }
  </section>`;
}

function tables(value: Breakdown, scene: Scene): TemplateResult {
  const { model, t, fig, act } = scene;
  const { tab } = model.ui;
  const counts = (id: Tab): number => (id === 'calls' ? value.totals.calls : value.tables[id].length);
  const titles: readonly (readonly [Tab, string])[] = [
    ['model', t('Models')],
    ['agent', t('Agents')],
    ['project', t('Projects')],
    ['branch', t('Branches')],
    ['session', t('Sessions')],
    ['day', t('Days')],
    ['calls', t('Calls')],
  ];
  return html`<section class="tables">
    <div class="section-head">
      ${tabList({
        label: t('Tables'),
        className: 'table-tabs',
        controls: 'table',
        selected: tab,
        select: act.setTab,
        choices: titles.map(([id, text]) => ({ id, text, count: fig.whole(counts(id)) })),
      })}
      ${tab === 'calls' ? nothing : searchField(model.ui.search, t('Filter rows'), act.search)}
    </div>
    <div id="table" role="tabpanel" aria-labelledby="tab-${tab}">${table(tab, value, scene)}</div>
  </section>`;
}

function table(tab: Tab, value: Breakdown, scene: Scene): unknown {
  const { model, t } = scene;
  if (tab !== 'calls') return groupTable(tab, nouns({ t })[tab], value.tables[tab], scene);
  const calls = model.calls.value;
  if (calls === null) return html`<p class="none">${model.calls.error ?? t('Fetching calls…')}</p>`;
  return html`<div class=${isBehind(model.calls) ? 'behind' : ''}>${callsView(calls, scene)}</div>`;
}

function nouns({ t }: Pick<Scene, 't'>): Record<Exclude<Tab, 'calls'> | 'hour', string> {
  return {
    model: t('Model'),
    agent: t('Agent'),
    project: t('Project'),
    branch: t('Branch'),
    session: t('Session'),
    day: t('Day'),
    hour: t('Hour'),
  };
}
