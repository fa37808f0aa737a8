/** HTML that is safe as it stands. */
export interface Html {
  readonly html: string;
}

type Value = string | number | Html | null | readonly Html[];

/** A template whose values are escaped, unless they are HTML already; null is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: String.raw({ raw: parts.map(tight) }, ...values.map(textOf)) };
}

/** HTML of a source that is known to be safe: a style sheet, a Markdown renderer that escapes. */
export function trusted(text: string): Html {
  return { html: text };
}

function textOf(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}

/** Indentation of the source is nobody's to download. */
function tight(text: string): string {
  return text.replaceAll(/\n\s+/g, '\n');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (one) => entities[one] ?? one);
}
