import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { AppliedRate } from '../../../src/core/pricing/charge.ts';
import type { CallDetail, CallPart } from '../../../src/core/query.ts';
import { folderName, folderName as fileName } from '../../../src/core/folderName.ts';
import { factorsOf } from '../arithmetic.ts';
import { maybeLink } from '../controls.ts';
import { agentLabel } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { arithmeticTable } from './arithmeticTable.ts';

/** All that explains one call's price: what it was, each class's arithmetic, the rate's origin and the record itself. */
export function callDetail(call: CallDetail, scene: Scene): TemplateResult {
  const { t, act } = scene;
  return html`<div class="call-detail" data-testid="call-detail" data-key=${call.id}>
    ${facts(call, scene)} ${call.parts.map((part) => partView(part, call.parts.length > 1, scene))}
    <p class="record">
      ${t('Record:')}
      <button type="button" class="link" title=${call.file} @click=${() => act.openRecord(call.file, call.line)}>
        ${fileName(call.file)}:${call.line}
      </button>
    </p>
  </div>`;
}

function facts(call: CallDetail, scene: Scene): TemplateResult {
  return html`<dl class="facts">
    ${factsOf(call, scene).map(([name, value, whole]) =>
      value === null || value === ''
        ? nothing
        : html`<div>
            <dt>${name}</dt>
            <dd title=${whole ?? nothing}>${value}</dd>
          </div>`,
    )}
  </dl>`;
}

function factsOf(
  call: CallDetail,
  scene: Scene,
): readonly (readonly [name: string, value: string | null, whole?: string | null])[] {
  const { t, fig } = scene;
  const { thinking } = call.tokens;
  return [
    [t('Time'), fig.exactly(call.at)],
    [t('Agent'), agentLabel(call.agent, scene)],
    [t('Model'), call.model],
    [t('Project'), call.project && folderName(call.project), call.project],
    [t('Branch'), call.branch],
    [t('Session'), call.session],
    [t('Subagent'), call.subagent],
    [t('Effort'), call.effort],
    [t('Speed'), call.speed === 'standard' ? null : call.speed],
    [t('Service tier'), call.tier === 'standard' ? null : call.tier],
    [t('Region'), call.region],
    [t('Web searches'), call.webSearches > 0 ? fig.whole(call.webSearches) : null],
    [t('Thinking'), thinking === null ? null : t('{0} of the output tokens', fig.whole(thinking))],
    [t('Counts'), qualityWords(call, scene)],
  ];
}

function qualityWords({ quality }: CallDetail, { t }: Scene): string | null {
  return {
    exact: null,
    partial: t('partial: the answer was broken off, its record lacks a side'),
    estimated: t('estimated: the record does not say'),
    unverified: t('unverified'),
  }[quality];
}

function partView(part: CallPart, named: boolean, scene: Scene): TemplateResult {
  return html`${arithmeticTable(part, named, scene)}
  ${part.rate === null ? unpricedWords(part.model, scene) : rateWords(part.rate, scene)}`;
}

function rateWords(rate: AppliedRate, { t, fig }: Scene): TemplateResult {
  const factors = factorsOf(rate);
  return html`<ul class="words">
    ${factors.map((f) => html`<li>${t('× {0}: {1}', fig.plain(f.times), f.name)}</li>`)}
    ${
      rate.longContextAbove === null
        ? nothing
        : html`<li>
            ${t('Long context: the prompt was above {0} tokens, so the whole request is billed at the higher rates.', fig.whole(rate.longContextAbove))}
          </li>`
    }
    <li>
      ${
        rate.from === null
          ? t('Price of {0} at {1}.', rate.model, rate.provider)
          : t('Price of {0} at {1}, in force since {2}.', rate.model, rate.provider, fig.date(rate.from))
      }
      ${t('Source:')} ${maybeLink(rate.source)}${t(', read {0}', fig.date(rate.sourceDate))}
    </li>
  </ul>`;
}

function unpricedWords(model: string, { t }: Scene): TemplateResult {
  return html`<p class="words unpriced">
    ${t(
      'No price is known for “{0}”, so this call adds its tokens and no cost. To price it, add the model to the setting burnMeter.priceOverrides, or name the model it equals in burnMeter.modelAliases.',
      model,
    )}
  </p>`;
}
