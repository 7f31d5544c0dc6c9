import type { Evidence } from '../model/inventory.ts';
import type { Known, Location } from '../model/location.ts';
import type { ParsedFile } from '../workspace/syntax/parse.ts';
import { position } from '../workspace/text.ts';

const LONGEST_SNIPPET = 160;

/** The line at an offset, trimmed and cut. */
export function snippetAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(start, end === -1 ? undefined : end).trim();
  return line.length > LONGEST_SNIPPET ? `${line.slice(0, LONGEST_SNIPPET - 1)}…` : line;
}

/** Evidence for a fact written at an offset of a file's text. */
export function evidenceAt(file: string, text: string, offset: number, known: Known = 'heuristic'): Evidence {
  return {
    location: { file, ...position(text, offset) },
    snippet: snippetAt(text, offset),
    known,
  };
}

/** Evidence for a fact in parsed source, whose line table is already there. */
export function evidenceIn(file: ParsedFile, location: Location, offset: number, known: Known): Evidence {
  return { location, snippet: snippetAt(file.text, offset), known };
}

/** The snippet of a known location: its line, whatever the column. */
export function snippetOf(lines: readonly string[], location: Location): string {
  return snippetAt(lines[location.line - 1] ?? '', 0);
}

/** Evidence for a whole line of a file; `line` counts from 0. */
export function evidenceOnLine(file: string, lines: readonly string[], line: number): Evidence {
  const text = lines[line] ?? '';
  const column = text.length - text.trimStart().length + 1;
  return {
    location: { file, line: line + 1, column },
    snippet: snippetAt(text, 0),
    known: 'read',
  };
}
