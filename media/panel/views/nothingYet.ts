import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Scene } from '../scene.ts';

/** Why there is nothing to show, and what to do about it. */
export function nothingYet({ model, t, act }: Scene): TemplateResult {
  const sources = model.snapshot?.sources ?? [];
  const anyCalls = sources.some((s) => s.calls > 0);
  if (model.ui.chips.length > 0 || (anyCalls && model.ui.span !== 'all')) {
    return html`<section class="empty" data-testid="empty">
      <h2>${t('No calls in this period')}</h2>
      <p>${t('Nothing was recorded here. A longer period or fewer filters may show more.')}</p>
      <vscode-button secondary @click=${() => act.setSpan('all')}>${t('Show all')}</vscode-button>
    </section>`;
  }
  if (model.snapshot?.scan.state === 'scanning') {
    return html`<p class="none" data-testid="empty">
      ${t('Records are being read, newest first. The first figures show here as they are found.')}
    </p>`;
  }
  const names = sources.map((s) => s.label).join(', ');
  return html`<section class="empty" data-testid="empty">
    <h2>${t('No calls recorded yet')}</h2>
    <p>${t('Use an agent on this machine and its next call shows here within a moment. Nothing has to be set up.')}</p>
    <p>
      ${names === '' ? t('Burn Meter reads the records that Claude Code and Codex keep.') : t('Looked for records of: {0}.', names)}
    </p>
    <p class="faint">
      ${t('Does an agent keep its records elsewhere? Set CLAUDE_CONFIG_DIR or CODEX_HOME where VS Code starts, or add the folder to burnMeter.extraHomes.')}
    </p>
    <vscode-button secondary @click=${() => act.command('showLog')}>${t('Show log')}</vscode-button>
  </section>`;
}
