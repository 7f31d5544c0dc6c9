import pc from 'picocolors';
import type { Io } from '../report/io.ts';

/** What a command printed: `out` and `notes` as on stdout and stderr, `said` both in the order they came. */
export interface Printed {
  out: string[];
  notes: string[];
  said: string[];
  documents: unknown[];
}

/** An `Io` without colours that keeps what is printed; without a terminal unless `interactive` says there is one. */
export function recordingIo(
  cwd: string,
  options: Partial<Pick<Io, 'interactive' | 'signal' | 'progress'>> = {},
): { io: Io; printed: Printed } {
  const printed: Printed = { out: [], notes: [], said: [], documents: [] };
  const take = (text: string, where: string[]) => {
    where.push(text);
    printed.said.push(text);
  };
  const io: Io = {
    ...{ cwd, interactive: false, colors: pc.createColors(false), json: false },
    ...{ signal: new AbortController().signal, progress: () => {} },
    line: (text = '') => take(text, io.json ? printed.notes : printed.out),
    note: (text) => take(text, printed.notes),
    document: (value) => void printed.documents.push(value),
    ...options,
  };
  return { io, printed };
}
