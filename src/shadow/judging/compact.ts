/** V8 keeps shorter parts of a text as texts of their own (`SlicedString::kMinLength`). */
const SHORTEST_SLICE = 13;

/**
 * The same text in memory of its own. A part of a longer text, as parsers and `slice` give it, keeps the whole of that
 * alive: one id that is remembered would hold on to the body it was found in.
 */
export function compact(text: string): string {
  if (text.length < SHORTEST_SLICE) return text;
  const encoding = /^[\u0000-\u00ff]*$/.test(text) ? 'latin1' : 'utf16le';
  return Buffer.from(text, encoding).toString(encoding);
}
