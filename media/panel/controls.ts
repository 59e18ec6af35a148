import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/vscode-textfield.js';

// Small controls the views share. Buttons, fields and the progress bar are VS Code's own (vscode-elements).

interface Choice<Id extends string> {
  readonly id: Id;
  readonly text: string;
  /** How many, quietly, behind the text. */
  readonly count?: string;
  /** How many, as something to look at. */
  readonly alert?: string | null;
}

interface TabListOptions<Id extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Id>[];
  readonly selected: Id;
  readonly select: (id: Id) => void;
  /** Id of the element the tabs switch. */
  readonly controls: string;
  readonly className: string;
}

/** Tabs as the ARIA pattern has them: one tab stop, arrows move and select. */
export function tabList<Id extends string>(o: TabListOptions<Id>): TemplateResult {
  const move = (event: KeyboardEvent): void => {
    const ids = o.choices.map((c) => c.id);
    const at = ids.indexOf(o.selected);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: ids.length - 1 }[event.key];
    const id = to === undefined ? undefined : ids.at(to % ids.length);
    if (id === undefined) return;
    event.preventDefault();
    const list = event.currentTarget;
    o.select(id);
    if (list instanceof HTMLElement) list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  };
  const tab = ({ id, text, count, alert }: Choice<Id>): TemplateResult =>
    html`<button
      type="button"
      role="tab"
      id="tab-${id}"
      data-testid="tab-${id}"
      aria-selected=${id === o.selected}
      aria-controls=${o.controls}
      tabindex=${id === o.selected ? 0 : -1}
      @click=${() => o.select(id)}
    >
      ${text}${count === undefined ? nothing : html` <span class="count">${count}</span>`}${
        alert ? html` <vscode-badge variant="counter">${alert}</vscode-badge>` : nothing
      }
    </button>`;
  return html`<div class="tabs ${o.className}" role="tablist" aria-label=${o.label} @keydown=${move}>
    ${o.choices.map(tab)}
  </div>`;
}

/** A line above the figures that asks for attention. Errors interrupt a screen reader, notes wait. */
export function notice(
  level: 'info' | 'warning' | 'error',
  content: string | TemplateResult,
  actions: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<div class="notice ${level}" role=${level === 'error' ? 'alert' : 'status'}>
    <p>${content}</p>
    ${actions}
  </div>`;
}

export function searchField(text: string, label: string, change: (text: string) => void): TemplateResult {
  return html`<vscode-textfield
    class="search"
    type="search"
    .value=${text}
    .label=${label}
    placeholder=${label}
    @input=${({ currentTarget }: InputEvent) => currentTarget instanceof VscodeTextfield && change(currentTarget.value)}
  ></vscode-textfield>`;
}

/** A link where the text is a web address, else the text: nothing else may become a link. `short` shows its host only. */
export function maybeLink(text: string, short = false): TemplateResult | string {
  const [, address = '', host = ''] = /^https:\/\/(([^\s/]+)\S*)$/.exec(text) ?? [];
  return address === '' ? text : html`<a href=${text}>${short ? host : address}</a>`;
}
