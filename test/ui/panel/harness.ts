import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { FromPanel, ToPanel } from '../../../src/core/panelProtocol.ts';
import type { CallDetail } from '../../../src/core/query.ts';
import { answerFrom, snapshotOf } from '../../support/panelData.ts';
import { styleOf, themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

// The bundled panel in a plain page: VS Code's variables and content policy around it, a scripted host behind it.

export interface Bundle {
  readonly js: string;
  readonly css: string;
}

/** The panel as `esbuild.mjs` bundles it, in memory. */
export async function bundlePanel(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: ['media/panel/main.ts'],
    outfile: 'dist/panel.js',
    bundle: true,
    minify: true,
    legalComments: 'none',
    format: 'iife',
    platform: 'browser',
    target: 'chrome130',
    write: false,
    logLevel: 'warning',
  });
  const text = (end: string): string => outputFiles.find((f) => f.path.endsWith(end))?.text ?? '';
  return { js: text('.js'), css: text('.css') };
}

export interface PanelPage {
  readonly page: Page;
  /** What the panel told the host, oldest first. */
  readonly said: FromPanel[];
  /** Errors of the page and violations of its content policy. */
  readonly errors: string[];
  /** The calls behind the answers; the test may add to them. */
  readonly calls: CallDetail[];
  readonly send: (message: ToPanel) => Promise<void>;
  /** Hides the panel and shows it again, as a webview that keeps nothing but its state. */
  readonly reload: () => Promise<void>;
}

export interface PanelOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly snapshot?: Parameters<typeof snapshotOf>[1];
  /** Text every query fails with, while it is set; or no answer at all. */
  readonly failure?: { text: string | null; silent?: boolean };
  readonly reducedMotion?: boolean;
}

const origin = 'http://panel.test';
// As VS Code's host sets it: own files only, styles inline too, nothing remote, no eval.
const policy = `default-src 'none'; script-src ${origin}/panel.js; style-src ${origin} 'unsafe-inline'`;

export async function openPanel(
  browser: Browser,
  bundle: Bundle,
  calls: CallDetail[],
  options: PanelOptions = {},
): Promise<PanelPage> {
  const { theme = 'dark', width = 1000, height = 900 } = options;
  const page = await browser.newPage({
    viewport: { width, height },
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
  });
  const said: FromPanel[] = [];
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));

  const send = async (message: ToPanel): Promise<void> => {
    await page.evaluate(`postMessage(${JSON.stringify(message)})`);
  };
  const snapshot = () => snapshotOf(calls, options.snapshot);
  await page.exposeFunction('toHost', async (message: FromPanel) => {
    said.push(message);
    if (message.type === 'ready') await send({ type: 'hydrate', snapshot: snapshot(), locale: 'en', strings: {} });
    if (message.type !== 'query' || options.failure?.silent) return;
    const { id, query } = message;
    const text = options.failure?.text ?? null;
    await send(
      text === null ? { type: 'answer', id, answer: answerFrom(calls, query) } : { type: 'failure', id, message: text },
    );
  });
  await page.addInitScript(`
    globalThis.acquireVsCodeApi = () => ({
      postMessage: (m) => void toHost(JSON.parse(JSON.stringify(m))),
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: (s) => sessionStorage.setItem('state', JSON.stringify(s)),
    });
    document.addEventListener('securitypolicyviolation', (e) => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI));`);
  const html = `<!doctype html><html style="${styleOf(theme).replaceAll('"', "'")}"><head><meta charset="utf-8"><link rel="stylesheet" href="panel.css"></head>
    <body class="${themes[theme].body}" style="background: var(--vscode-editor-background)"><div id="app"></div><script src="panel.js"></script></body></html>`;
  await page.route(`${origin}/**`, (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/panel.js') return route.fulfill({ contentType: 'text/javascript', body: bundle.js });
    if (path === '/panel.css') return route.fulfill({ contentType: 'text/css', body: bundle.css });
    if (path !== '/') return route.fulfill({ status: 204 });
    return route.fulfill({ contentType: 'text/html', headers: { 'content-security-policy': policy }, body: html });
  });
  await page.goto(`${origin}/`);
  return { page, said, errors, calls, send, reload: async () => void (await page.reload()) };
}
