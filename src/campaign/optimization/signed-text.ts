// Text with a checksum in front, so that what a disk or an editor changed is noticed. It is no protection against forgery.

import { hashPath } from '../../random/path-hash.js';

const hexDigits = 12;

function checksum(text: string): string {
  const { low, high } = hashPath(text);
  return (high * 2 ** 32 + low).toString(16).padStart(hexDigits, '0');
}

export const signText = (text: string): string => `{"checksum":"${checksum(text)}","content":${text}}\n`;

/** The text that `signText` was given; undefined for text that it cannot have written. */
export function unsignText(signed: string): string | undefined {
  const [, sum, text] = /^\{"checksum":"([0-9a-f]{12})","content":([^]*)\}\n$/.exec(signed) ?? [];
  return text !== undefined && checksum(text) === sum ? text : undefined;
}
