// A checker for the XML that figures and reports are made of: tags nest, attributes are quoted and
// unique, entities are known, nothing runs and nothing is loaded. Throws an Error that says where.

const entity = /&(?!(?:amp|lt|gt|quot|#39);)/;
const tag = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;
const forbiddenElements = new Set(['script', 'foreignObject', 'iframe', 'object', 'embed', 'image', 'img', 'link', 'use', 'a']);

/** Every text between tags, unescaped no further. */
export function checkWellFormed(document: string): string[] {
  const text = document.replace(/^<!DOCTYPE html>\n/, '');
  const open: string[] = [];
  const texts: string[] = [];
  let roots = 0;
  let position = 0;
  while (position < text.length) {
    const next = text.indexOf('<', position);
    const between = text.slice(position, next < 0 ? text.length : next);
    if (entity.test(between)) throw new Error(`bad entity in '${between}'`);
    if (open.length === 0 && between.trim() !== '') throw new Error(`text '${between}' outside the root element`);
    if (between.trim() !== '') texts.push(between);
    if (next < 0) break;
    tag.lastIndex = next;
    const match = tag.exec(text);
    if (match === null) throw new Error(`malformed tag at '${text.slice(next, next + 60)}'`);
    const [whole, closing, name, attributes, empty] = match as unknown as [string, string, string, string, string];
    if (forbiddenElements.has(name)) throw new Error(`element <${name}> is not allowed`);
    const names = [...attributes.matchAll(/\s([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => {
      if (entity.test(value!)) throw new Error(`bad entity in attribute '${value}'`);
      if (/^on|href|^src$/i.test(key!)) throw new Error(`attribute ${key} is not allowed`);
      if (/NaN|Infinity|undefined/.test(value!) && !['aria-label'].includes(key!)) throw new Error(`attribute ${key} is '${value}'`);
      return key!;
    });
    if (new Set(names).size !== names.length) throw new Error(`repeated attribute in '${whole}'`);
    if (closing !== '') {
      if (open.pop() !== name) throw new Error(`</${name}> closes another element`);
    } else if (empty === '') {
      if (open.length === 0) roots++;
      open.push(name);
    }
    position = next + whole.length;
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed`);
  if (roots !== 1) throw new Error(`${roots} root elements`);
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) throw new Error('control character');
  if (/url\(|@import|javascript:/i.test(text.replace(/>[^<]*</g, '><'))) throw new Error('reference to something outside');
  return texts;
}
