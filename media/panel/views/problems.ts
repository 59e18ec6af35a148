import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { folderName as fileName } from '../../../src/core/folderName.ts';
import { agentLabel } from '../scene.ts';
import type { Scene } from '../scene.ts';

/** Records that should have been understood and were not: none of their calls is in the figures. */
export function problemsView(scene: Scene): TemplateResult {
  const { model, t, fig, act } = scene;
  const answer = model.problems.value;
  if (answer === null) return html`<p class="none">${model.problems.error === null ? t('Fetching problems…') : ''}</p>`;
  if (answer.total === 0) return html`<p class="none" data-testid="problems">${t('Every record was understood.')}</p>`;
  const shown = answer.problems.length;
  return html`<section data-testid="problems">
    <p class="faint">
      ${t('{0} records could not be understood. Calls in them are missing from every figure.', fig.whole(answer.total))}
      ${shown < answer.total ? t('The newest {0}:', fig.whole(shown)) : ''}
    </p>
    <ul class="problems">
      ${answer.problems.map(
        (p) =>
          html`<li>
            <span class="reason">${p.reason}</span> <span class="faint">${agentLabel(p.agent, scene)}</span>
            <button type="button" class="link" title=${p.file} @click=${() => act.openRecord(p.file, p.line)}>
              ${fileName(p.file)}:${p.line}
            </button>
          </li>`,
      )}
    </ul>
  </section>`;
}
