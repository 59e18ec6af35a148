/**
 * Text of unknown origin as literal Markdown: no emphasis, link, HTML, table cell or theme icon comes of it. Every
 * ASCII punctuation may be escaped with a backslash in CommonMark; `$(name)` is VS Code's own and is broken by a space.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replaceAll('$(', '$ (')
    .replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Text of unknown origin for a notification, which knows no Markdown but links: `[title](target)`. */
export function withoutLinks(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('](', '] (');
}
