import type { Actions } from './actions.ts';
import type { Model } from './model.ts';

/** Escape closes what is open, then leads back as Backspace does. Text fields keep their own use of both. */
export function listenToKeys(model: Model, actions: Actions): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== 'Escape' && event.key !== 'Backspace') return;
    const typing = event.target instanceof Element && event.target.matches('input, vscode-textfield');
    if (event.key === 'Backspace' && typing) return;
    if (event.key === 'Escape' && leaveField(typing, model, actions)) return;
    if (actions.back()) event.preventDefault();
  });
}

function leaveField(typing: boolean, model: Model, actions: Actions): boolean {
  if (model.choosingDates) {
    actions.chooseDates(false);
    return true;
  }
  const { view, search, priceSearch } = model.ui;
  if (!typing || (view === 'prices' ? priceSearch : search) === '') return false;
  if (view === 'prices') actions.searchPrices('');
  else actions.search('');
  return true;
}
