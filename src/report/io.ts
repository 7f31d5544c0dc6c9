import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';

/** Where a command prints. The only door to the terminal: no other file writes to stdout or stderr. */
export interface Io {
  readonly cwd: string;
  /** Both stdin and stderr are terminals: questions may be asked, progress may be drawn. */
  readonly interactive: boolean;
  readonly colors: Colors;
  /** True once the command was given `--json`: people's text goes to stderr, the document to stdout. */
  json: boolean;
  /** A line for people: stdout, or stderr under `--json`. */
  line(text?: string): void;
  /** A line for people that is never part of the result: warnings, progress ends. Always stderr. */
  note(text: string): void;
  /** The machine-readable result, one document on stdout. It carries `schema` and `version`. */
  document(value: { schema: string; version: number }): void;
  /** Replaces the progress line on a terminal; silent elsewhere. `null` clears it. */
  progress(text: string | null): void;
  /** Aborted by Ctrl-C or SIGTERM. Long work passes it on. */
  readonly signal: AbortSignal;
}

export type Colors = ReturnType<typeof pc.createColors>;

/** The process's own terminal. Honours `NO_COLOR` and `FORCE_COLOR`. */
export function processIo(signal: AbortSignal): Io {
  const terminal = Boolean(process.stderr.isTTY);
  let drawn = false;
  // `migrate … | head`: a reader that has seen enough is no error, and there is nobody left to tell.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
  const clear = () => {
    if (drawn) process.stderr.write('\r\u001b[2K');
    drawn = false;
  };
  const io: Io = {
    cwd: process.cwd(),
    interactive: Boolean(process.stdin.isTTY) && terminal,
    colors: pc.createColors(hasColour(process.stdout)),
    json: false,
    signal,
    line(text = '') {
      clear();
      if (io.json) io.note(text);
      else process.stdout.write(`${text}\n`);
    },
    note(text) {
      clear();
      // Texts are coloured for stdout; stderr may go into a file of its own.
      process.stderr.write(`${hasColour(process.stderr) ? text : stripVTControlCharacters(text)}\n`);
    },
    document(value) {
      process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    progress(text) {
      clear();
      if (!terminal || text === null) return;
      process.stderr.write(text.slice(0, (process.stderr.columns ?? 80) - 1));
      drawn = true;
    },
  };
  return io;
}

/** `NO_COLOR` beats `FORCE_COLOR`; without either a terminal has colour. `FORCE_COLOR=0` asks for none, as with Node.js. */
function hasColour(stream: { isTTY?: boolean }): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR) return false;
  return FORCE_COLOR ? FORCE_COLOR !== '0' : Boolean(stream.isTTY);
}
