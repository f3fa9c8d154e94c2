// SVG as text: elements, escaping and rounding. Every number is rounded to two decimals, so that the
// same figure is the same text on every engine. It knows nothing of scales or figures.

export type AttributeValue = string | number | undefined;
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** Characters that XML 1.0 forbids: controls other than tab and line ends, lone surrogates, U+FFFE and U+FFFF. */
const forbidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Untrusted text as XML or HTML text or attribute value; characters that XML cannot hold become U+FFFD. */
export function escapeText(text: string): string {
  return text.replace(forbidden, '\ufffd').replace(/[&<>"']/g, (character) => entities[character]!);
}

/** A coordinate with at most two decimals and no negative zero; throws on NaN and infinities, which no figure may hold. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`internal: coordinate ${value} in a figure`);
  return String(Math.round(value * 100) / 100 + 0);
}

/** One element; children are markup already, attribute values are escaped here. Undefined attributes are left out. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  let open = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    open += ` ${key}="${typeof value === 'number' ? formatNumber(value) : escapeText(value)}"`;
  }
  const content = children.join('');
  return content === '' ? `${open}/>` : `${open}>${content}</${name}>`;
}

/** A `<text>` element at (x, y) with untrusted content. */
export function textElement(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escapeText(text));
}

/** A group of elements, one a line. */
export function group(attributes: Attributes, children: readonly string[]): string {
  const lines = children.filter((child) => child !== '');
  return lines.length === 0 ? '' : element('g', attributes, '\n', lines.join('\n'), '\n');
}
