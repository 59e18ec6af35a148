import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { notice } from '../controls.ts';
import type { Scene } from '../scene.ts';

/** How far the first reading of old records is. Nothing once it is done. */
export function scanView({ model, t, fig, act }: Scene): TemplateResult | typeof nothing {
  const scan = model.snapshot?.scan;
  if (scan === undefined || scan.state === 'idle') return nothing;
  const scanning = scan.state === 'scanning';
  const share = scan.bytesTotal > 0 ? Math.min(1, scan.bytesDone / scan.bytesTotal) : 0;
  const files = t('{0} of {1} files', fig.whole(scan.filesDone), fig.whole(scan.filesTotal));
  const text = scanning
    ? t('Reading earlier records, newest first: {0}, {1}', fig.share(share), files)
    : t('Reading stopped at {0}, {1}. Older calls are missing from the figures.', fig.share(share), files);
  return html`<section class="scan" data-testid="scan" aria-label=${t('Reading records')}>
    <p>${text}</p>
    <vscode-button secondary @click=${() => act.command(scanning ? 'cancelScan' : 'resumeScan')}>
      ${scanning ? t('Cancel') : t('Resume')}
    </vscode-button>
    ${
      scanning
        ? html`<vscode-progress-bar .value=${share * 100} .ariaLabel=${t('Reading records')}></vscode-progress-bar>`
        : nothing
    }
  </section>`;
}

/** What stands between these figures and the whole truth. `dated` says that figures stand below the error. */
export function notices(scene: Scene, error: string | null, dated: boolean): unknown {
  const { model, t, fig } = scene;
  const budget = model.snapshot?.budget;
  const missing = model.snapshot?.sources.filter((s) => s.notRecordedUsd > 0) ?? [];
  const since = dated ? t('The figures below are from {0}.', fig.time(model.snapshot?.at ?? 0)) : '';
  return [
    error === null ? nothing : notice('error', `${error} ${since}`, failureActions(scene)),
    budget && budget.level !== 'ok' ? notice(budget.level, budget.reason) : nothing,
    ...missing.map((source) =>
      notice(
        'info',
        t(
          '{0} itself counts {1} more than its records of calls show. It is not in these figures.',
          source.label,
          fig.usd(source.notRecordedUsd),
        ),
      ),
    ),
  ];
}

function failureActions({ t, act }: Scene): TemplateResult {
  return html`<vscode-button secondary @click=${act.retry}>${t('Try again')}</vscode-button>
    <vscode-button secondary @click=${() => act.command('showLog')}>${t('Show log')}</vscode-button>`;
}
