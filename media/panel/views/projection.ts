import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Scene } from '../scene.ts';

/** Where the month lands at its pace so far, and why. */
export function projectionView({ model, t, fig }: Scene): TemplateResult {
  const p = model.projection.value;
  if (p === null) return html`<p class="none">${model.projection.error === null ? t('Adding up…') : ''}</p>`;
  const tier = {
    hobby: t('Hobby'),
    builder: t('Builder'),
    team: t('Team'),
  }[p.tier];
  const share = p.projected > 0 ? Math.min(1, p.toDate / p.projected) : 0;
  const facts: readonly (readonly [string, string])[] = [
    [t('So far'), fig.usd(p.toDate)],
    [t('Per active day'), fig.usd(p.perActiveDay)],
    [t('Active days'), fig.whole(p.activeDays)],
    [t('Days left'), fig.whole(p.daysLeft)],
    [t('Tasks per active day'), fig.plain(Math.round(p.tasksPerActiveDay * 10) / 10)],
    [t('Tier'), tier],
  ];
  return html`<section class="card" data-testid="projection">
    <h2>${t('{0} at this pace', fig.month(p.month))}</h2>
    <p class="big">${fig.usd(p.projected)} <span class="note">${t('list value by the end of the month')}</span></p>
    <div class="pace" role="img" aria-label=${t('{0} of the projected value is spent', fig.share(share))}>
      <i style="width:${(share * 100).toFixed(1)}%"></i>
    </div>
    <dl class="facts">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    <p class="faint">${p.basis}</p>
    <p class="faint">
      ${t('Tiers go by tasks per active day, a task being one prompt and all it sets off: hobby below 30, builder from 30 to 300, team above.')}
    </p>
  </section>`;
}
