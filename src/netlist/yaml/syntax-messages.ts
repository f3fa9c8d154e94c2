// What the errors of the YAML parser mean to someone who writes a netlist: the parser's codes in plain words.

import type { ErrorCode } from 'yaml';

export interface SyntaxMessage {
  readonly message: string;
  readonly help?: string | undefined;
}

const wrongIndentation: SyntaxMessage = {
  message: 'wrong indentation',
  help: 'entries of one mapping or list start in the same column, and what they hold is further right',
};
const quoteIt = "put the text in single quotes, as in 'a: b'";

/** `text` is what stands at the error, `detail` the parser's own first line. */
export const syntaxMessages: { readonly [K in ErrorCode]: (text: string, detail: string) => SyntaxMessage } = {
  ALIAS_PROPS: () => ({ message: 'an alias has a tag or an anchor' }),
  BAD_ALIAS: () => ({ message: 'malformed alias', help: "'*' starts an alias in YAML; quote an expression that starts with it" }),
  BAD_DIRECTIVE: () => ({ message: "a line that starts with '%' is a directive", help: 'netlists need none: remove it' }),
  BAD_DQ_ESCAPE: (text) => ({
    message: `unknown escape '${text}' in a quoted string`,
    help: 'write \\\\ for a backslash, or use single quotes',
  }),
  BAD_INDENT: (text, detail) => (closerOf(detail) === undefined ? wrongIndentation : missing(text, detail)),
  BAD_PROP_ORDER: () => ({ message: 'an anchor or tag stands in the wrong place' }),
  BAD_SCALAR_START: (text) => ({ message: `a value cannot start with '${text}'`, help: quoteIt }),
  BLOCK_AS_IMPLICIT_KEY: () => ({
    message: "a second ': ' on one line",
    help: `${quoteIt}, or write what follows the first colon on the next line, further right`,
  }),
  BLOCK_IN_FLOW: () => ({ message: 'a block mapping or list inside { } or [ ]', help: 'write what is inside brackets with brackets too' }),
  DUPLICATE_KEY: () => ({ message: 'the key appears twice' }),
  IMPOSSIBLE: (_, detail) => ({ message: `malformed document: ${detail}` }),
  KEY_OVER_1024_CHARS: () => ({
    message: 'a key is longer than 1024 characters',
    help: "write '? ' before it, and ': ' with its value on the next line",
  }),
  MISSING_CHAR: (text, detail) => missing(text, detail),
  MULTILINE_IMPLICIT_KEY: () => ({ message: 'a key goes over several lines', help: "a ':' is missing behind it, or behind a line above" }),
  MULTIPLE_ANCHORS: () => ({ message: 'a value has two anchors' }),
  MULTIPLE_DOCS: () => ({
    message: 'the file holds several documents',
    help: "remove the line '---', or split the file and import the parts",
  }),
  MULTIPLE_TAGS: () => ({ message: 'a value has two tags' }),
  NON_STRING_KEY: () => ({ message: 'a key is no plain text' }),
  RESOURCE_EXHAUSTION: () => ({ message: 'the document needs too much memory' }),
  TAB_AS_INDENT: () => ({ message: 'a tab is used for indentation', help: 'YAML indents with spaces: use two for each level' }),
  TAG_RESOLVE_FAILED: () => ({ message: 'unknown tag' }),
  UNEXPECTED_TOKEN: (text) => ({ message: text === '' ? 'unexpected end of the text' : `unexpected '${text}'`, help: quoteIt }),
  BAD_COLLECTION_TYPE: () => ({ message: 'a value has another type than its tag says' }),
};

/** The bracket that the parser waits for. */
const closerOf = (detail: string): string | undefined => /end with an? ([\]}])/.exec(detail)?.[1];

function missing(text: string, detail: string): SyntaxMessage {
  if (detail.startsWith('Missing closing')) {
    return {
      message: 'a quoted string is never closed',
      help: "write the closing quote where it ends; a quote inside single quotes is written ''",
    };
  }
  const closer = closerOf(detail);
  if (closer !== undefined)
    return { message: `'${closer}' is missing`, help: `write '${closer}' where the ${closer === ']' ? 'list' : 'mapping'} ends` };
  if (detail.startsWith('Missing ,'))
    return { message: `',' is missing before '${text}'`, help: `separate entries by commas, or ${quoteIt}` };
  if (detail.startsWith('Missing space')) return { message: "a space is missing behind ':'" };
  if (detail.startsWith('Implicit map keys'))
    return { message: "':' is missing behind a key", help: "an entry of a mapping is written 'name: value'" };
  if (detail.startsWith('Sequence item')) return { message: "'- ' is missing before an entry of a list" };
  if (detail.startsWith('Comments')) return { message: "a space is missing before '#'", help: quoteIt };
  return { message: `malformed document: ${detail}` };
}
