import { render } from 'lit';
import type { Actions } from './actions.ts';
import { app } from './app.ts';
import { createFigures } from './figures.ts';
import type { Model } from './model.ts';

/** Makes the one function that brings the screen up to the model: in place, so that focus, scroll and open rows stay. */
export function createRenderer(root: HTMLElement, model: Model, actions: () => Actions): () => void {
  let state: 'idle' | 'rendering' | 'again' = 'idle';
  let figures = createFigures(model.locale, 'UTC');
  let figuresFor = '';

  const renderOnce = (): void => {
    const zone = model.snapshot?.timeZone ?? 'UTC';
    if (figuresFor !== `${model.locale} ${zone}`) figures = createFigures(model.locale, zone);
    figuresFor = `${model.locale} ${zone}`;
    const focused = document.activeElement;
    render(app({ model, t: model.t, fig: figures, act: actions() }), root);
    if (focused !== document.activeElement) returnFocus(focused);
    followTab();
  };
  return () => {
    // Removing a focused element fires its blur, whose handler may ask for a render in the middle of this one.
    if (state !== 'idle') {
      state = 'again';
      return;
    }
    do {
      state = 'rendering';
      renderOnce();
    } while ((state as string) === 'again');
    state = 'idle';
  };
}

/** Only the selected tab is in reach of Tab: going back must not leave the focus on one that no longer is. */
function followTab(): void {
  const tab = document.activeElement?.closest('[role="tab"][aria-selected="false"]');
  tab?.parentElement?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus({ preventScroll: true });
}

/** Sorting moves rows and a moved element loses focus; one that left the screen hands it to where its successor is. */
function returnFocus(focused: Element | null): void {
  if (focused === null || focused === document.body) return;
  const home = focused.isConnected
    ? focused
    : (document.querySelector('[data-focus-home]') ?? document.querySelector('.table-tabs [aria-selected="true"]'));
  if (home instanceof HTMLElement || home instanceof SVGElement) home.focus({ preventScroll: true });
}
