// A name as 48 bits, for streams of noise: two names that meet would have the same noise, so 32 bits are too few for
// large systems (of 100,000 names one pair in two systems would meet).

/** FNV-1a over the UTF-16 code units, with a final mix (MurmurHash3's), from a basis. */
function hash32(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** 32 and 16 bits. */
export const hashPath = (path: string): { readonly low: number; readonly high: number } => ({
  low: hash32(path, 0x811c9dc5),
  high: hash32(path, 0x01000193) >>> 16,
});
