import MagicString from 'magic-string';
import type { SpanEdit } from '../../../src/codemod/contract.ts';

/** The text after the recorded edits. */
export function textAfter({ text, edits }: { text: string; edits: readonly SpanEdit[] }): string {
  if (edits.length === 0) return text;
  const now = new MagicString(text);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  for (const { span, text: by } of edits) {
    const written = by.replace(/\r?\n/g, newline);
    if (span.start === span.end) now.appendRight(span.start, written);
    else now.overwrite(span.start, span.end, written);
  }
  return now.toString();
}
