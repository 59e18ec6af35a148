import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Span } from '../../../src/core/query.ts';
import { tabList } from '../controls.ts';
import type { Scene } from '../scene.ts';

/** Which view, and what can be done with the data in it. */
export function header({ model, t, fig, act }: Scene): TemplateResult {
  const problems = model.snapshot?.problems ?? 0;
  return html`<header>
    ${tabList({
      label: t('Views'),
      className: 'views',
      controls: 'view',
      selected: model.ui.view,
      select: act.setView,
      choices: [
        { id: 'breakdown', text: t('Breakdown') },
        { id: 'projection', text: t('Projection') },
        { id: 'prices', text: t('Prices') },
        { id: 'problems', text: t('Problems'), alert: problems > 0 ? fig.whole(problems) : null },
      ],
    })}
    <span class="spacer"></span>
    ${model.snapshot?.host ? html`<span class="host" title=${t('The machine these figures are from')}>${model.snapshot.host}</span>` : nothing}
    <button type="button" class="quiet" data-command="exportData" @click=${() => act.command('exportData')}>
      ${t('Export…')}
    </button>
    <button type="button" class="quiet" data-command="showLog" @click=${() => act.command('showLog')}>
      ${t('Log')}
    </button>
  </header>`;
}

const spans = ['today', '7d', '30d', 'month', 'all'] as const;

/** Today, 7 days, 30 days, this month, all or two dates. */
export function periodPicker(scene: Scene): TemplateResult {
  const { model, t, fig, act } = scene;
  const { span } = model.ui;
  const custom = typeof span === 'object';
  const names = {
    today: t('Today'),
    '7d': t('7 days'),
    '30d': t('30 days'),
    month: t('This month'),
    all: t('All'),
  };
  return html`<div class="segments" role="group" aria-label=${t('Period')} data-testid="period">
      ${spans.map(
        (id) =>
          html`<button type="button" data-span=${id} aria-pressed=${span === id} @click=${() => act.setSpan(id)}>
            ${names[id]}
          </button>`,
      )}
      <button
        type="button"
        data-span="custom"
        aria-pressed=${custom}
        aria-expanded=${model.choosingDates}
        @click=${() => act.chooseDates(!model.choosingDates)}
      >
        ${custom ? fig.dates(span.from, span.to) : t('Custom…')}
      </button>
    </div>
    ${model.choosingDates ? dateForm(custom ? span : null, scene) : nothing}`;
}

function dateForm(span: Exclude<Span, string> | null, { model, t, fig, act }: Scene): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const data = new FormData(event.currentTarget);
    const [from, to] = ['from', 'to'].map((name) => data.get(name));
    if (typeof from === 'string' && typeof to === 'string') act.setSpan({ from, to });
  };
  const today = model.snapshot === null ? '' : fig.dayKey(model.snapshot.at);
  const field = (name: 'from' | 'to', label: string): TemplateResult =>
    html`<label>${label} <input type="date" name=${name} required .value=${span?.[name] ?? today} /></label>`;
  return html`<form class="dates" @submit=${submit}>
    ${field('from', t('From'))} ${field('to', t('To'))}
    <button type="submit" class="primary">${t('Show')}</button>
  </form>`;
}
