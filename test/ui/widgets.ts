import type { Locator, Page } from 'playwright-core';

// The workbench's own widgets, as they are found in its page.

export function dialog(page: Page): Locator {
  return page.locator('.monaco-dialog-box');
}

export function button(page: Page, name: string): Locator {
  return dialog(page).getByRole('button', { name, exact: true });
}

export function toast(page: Page, text: string): Locator {
  return page.locator('.notifications-toasts .notification-list-item', { hasText: text });
}

export function rows(page: Page): Locator {
  return page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
}
