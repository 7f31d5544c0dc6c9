import type { MigrateError } from '../../model/errors.ts';

/** One element of `log.entries`. `bytes` may be used only while the handler runs: its memory is used again. */
export interface ScannedEntry {
  /** From 1. */
  position: number;
  /** Where it begins in the file, and how long it is, bytes. */
  at: number;
  length: number;
  /** The whole of it, or its first {@link MAX_ENTRY_BYTES}. */
  bytes: Buffer;
  /** Where the value of its `request` is, `[from, to)` in `bytes`; null when there is none or it reaches beyond them. */
  request: readonly [from: number, to: number] | null;
}

export interface Scanner {
  /** Takes the next bytes of the file. Keeps none of the buffer itself. */
  write(chunk: Buffer): void;
  /** The file has ended. */
  end(): void;
}

/** Of a longer entry only its beginning is read: there the request usually stands. */
export const MAX_ENTRY_BYTES = 32 * 1024 * 1024;
/** Deeper nesting, and more values in one entry, are nothing that a browser writes: parsed, they would fill the memory. */
const MAX_DEPTH = 512;
const MAX_VALUES = 1_000_000;
/** Longer numbers are none; longer names are none that we look for. */
const MAX_TOKEN = 400;

/** Of the containers: the root, `log`, `entries`, an entry. */
const [ROOT, LOG, LIST, ENTRY] = [1, 2, 3, 4] as const;

/** What may stand next. */
const [VALUE, VALUE_OR_END, KEY, KEY_OR_END, COLON, COMMA_OR_END, DONE] = [0, 1, 2, 3, 4, 5, 6] as const;
const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d] as const;
const [COMMA, COLON_SIGN] = [0x2c, 0x3a] as const;
const LITERAL = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * Finds where the entries of a HAR are, byte by byte in bounded memory, whatever its size. The grammar is RFC 8259's;
 * the inside of strings is left to whoever parses the value. Entries themselves are not parsed.
 *
 * @param refuse makes the error that is thrown, of what is wrong with the file: `is not JSON …`
 */
export function scanHar({
  entry,
  refuse,
}: {
  entry(found: ScannedEntry): void;
  refuse(what: string): MigrateError;
}): Scanner {
  const kinds = new Uint8Array(MAX_DEPTH + 1);
  let depth = 0;
  let expect: number = VALUE;
  /** Of the chunk's first byte in the file. */
  let offset = 0;
  let inString = false;
  let escaped = false;
  let inLiteral = false;
  /** A number or word so far, or the name of a member. */
  let token = '';
  let key = '';
  let [inLog, inList, hasLog, hasList] = [false, false, false, false];
  let entries = 0;
  /** Of the entry that is open: where it and the value of its request begin, what is kept of it. */
  let [from, values, requestFrom] = [0, 0, -1];
  let request: ScannedEntry['request'] = null;
  let parts: Buffer[] = [];
  let kept = 0;

  const place = (at: number) => `${inList ? `in entry ${Math.max(1, entries)} ` : ''}at byte ${at}`;
  const notJson = (at: number, why: string) => refuse(`is not JSON ${place(at)}: ${why}`);

  const valueBegins = (byte: number, at: number): void => {
    if (expect !== VALUE && expect !== VALUE_OR_END) throw notJson(at, 'a value stands where none may stand');
    if (inList) {
      if (depth === LIST) {
        entries++;
        [from, values, requestFrom, request, parts, kept] = [at, 0, -1, null, [], 0];
      } else if (depth === ENTRY && kinds[depth] === OPEN && key === 'request') requestFrom = at;
      if (++values > MAX_VALUES)
        throw refuse(`holds more than ${MAX_VALUES.toLocaleString('en')} values ${place(at)}`);
    } else if (depth === ROOT && key === 'log' && byte === OPEN) {
      if (hasLog) throw refuse(`is no HAR: it has "log" twice, again ${place(at)}`);
      [hasLog, inLog] = [true, true];
    } else if (inLog && depth === LOG && key === 'entries') {
      if (byte !== OPEN_LIST) throw refuse('is no HAR 1.2: "log.entries" is no list');
      if (hasList) throw refuse(`is no HAR: it has "log.entries" twice, again ${place(at)}`);
      [hasList, inList] = [true, true];
    }
  };

  /** @param to just behind it */
  const valueEnds = (chunk: Buffer, to: number): void => {
    expect = depth === 0 ? DONE : COMMA_OR_END;
    if (!inList) return;
    if (depth === ENTRY && requestFrom >= 0) {
      request = to - from <= MAX_ENTRY_BYTES ? [requestFrom - from, to - from] : null;
      requestFrom = -1;
    } else if (depth === LIST) {
      keep(chunk, to);
      const [first] = parts;
      const bytes = parts.length === 1 && first ? first : Buffer.concat(parts);
      entry({ position: entries, at: from, length: to - from, bytes, request });
      parts = [];
    }
  };

  /** Keeps of the entry what stands in this chunk, up to `to`. */
  const keep = (chunk: Buffer, to: number): void => {
    const part = chunk.subarray(Math.max(0, from - offset), to - offset).subarray(0, MAX_ENTRY_BYTES - kept);
    if (part.length === 0) return;
    kept += part.length;
    parts.push(part);
  };

  const opens = (byte: number, at: number): void => {
    valueBegins(byte, at);
    if (++depth > MAX_DEPTH) throw refuse(`nests more than ${MAX_DEPTH} deep ${place(at)}`);
    kinds[depth] = byte;
    expect = byte === OPEN ? KEY_OR_END : VALUE_OR_END;
  };

  const closes = (chunk: Buffer, byte: number, at: number): void => {
    const isList = byte === CLOSE_LIST;
    const allowed = expect === COMMA_OR_END || expect === (isList ? VALUE_OR_END : KEY_OR_END);
    if (!allowed || kinds[depth] !== (isList ? OPEN_LIST : OPEN))
      throw notJson(at, `"${isList ? ']' : '}'}" closes nothing`);
    depth--;
    if (inList && depth === LOG) inList = false;
    if (inLog && depth === ROOT) inLog = false;
    valueEnds(chunk, at + 1);
  };

  const literalEnds = (chunk: Buffer, at: number): void => {
    if (!LITERAL.test(token)) throw notJson(at - token.length, 'a word that is no value');
    inLiteral = false;
    valueEnds(chunk, at);
  };

  /** Reads on in a string from `i`. Gives the place behind its end, or the end of the chunk. */
  const string = (chunk: Buffer, start: number): number => {
    let i = start;
    if (escaped) {
      i++;
      escaped = false;
    }
    for (;;) {
      const quote = chunk.indexOf(QUOTE, i);
      const end = quote < 0 ? chunk.length : quote;
      let slash = end;
      while (slash > i && chunk[slash - 1] === BACKSLASH) slash--;
      const odd = (end - slash) % 2 === 1;
      if (quote >= 0 && odd) {
        i = quote + 1;
        continue;
      }
      if (expect === COLON && depth <= ENTRY && token.length < MAX_TOKEN)
        token += chunk.toString('latin1', start, Math.min(end, start + MAX_TOKEN));
      if (quote < 0) {
        escaped = odd;
        return end;
      }
      inString = false;
      if (expect === COLON) key = depth <= ENTRY ? nameOf(token) : '';
      else valueEnds(chunk, offset + end + 1);
      return end + 1;
    }
  };

  const byteAt = (chunk: Buffer, byte: number, at: number): void => {
    if (byte === QUOTE) {
      inString = true;
      token = '';
      if (expect === KEY || expect === KEY_OR_END) expect = COLON;
      else valueBegins(byte, at);
    } else if (byte === OPEN || byte === OPEN_LIST) opens(byte, at);
    else if (byte === CLOSE || byte === CLOSE_LIST) closes(chunk, byte, at);
    else if (byte === COMMA) {
      if (expect !== COMMA_OR_END) throw notJson(at, 'a comma stands where none may stand');
      expect = kinds[depth] === OPEN ? KEY : VALUE;
    } else if (byte === COLON_SIGN) {
      if (expect !== COLON) throw notJson(at, 'a colon stands where none may stand');
      expect = VALUE;
    } else {
      valueBegins(byte, at);
      inLiteral = true;
      token = String.fromCharCode(byte);
    }
  };

  return {
    write(chunk) {
      for (let i = offset === 0 && chunk.subarray(0, 3).equals(BOM) ? 3 : 0; i < chunk.length; ) {
        if (inString) {
          i = string(chunk, i);
          continue;
        }
        const byte = chunk[i] ?? 0;
        if (inLiteral) {
          const goesOn = !isSpace(byte) && byte !== COMMA && byte !== CLOSE && byte !== CLOSE_LIST;
          if (goesOn && token.length < MAX_TOKEN) {
            token += String.fromCharCode(byte);
            i++;
            continue;
          }
          literalEnds(chunk, offset + i);
        }
        if (!isSpace(byte)) byteAt(chunk, byte, offset + i);
        i++;
      }
      if (inList && depth >= LIST && (depth > LIST || inString || inLiteral)) {
        keep(chunk, offset + chunk.length);
        const last = parts.length - 1;
        const part = parts[last];
        // The buffer is filled again with what follows.
        if (part && part.buffer === chunk.buffer) parts[last] = Buffer.from(part);
      }
      offset += chunk.length;
    },
    end() {
      if (inLiteral && depth === 0) literalEnds(Buffer.alloc(0), offset);
      if (expect !== DONE) throw refuse(`is cut off ${place(offset)}: its JSON ends in the middle`);
      if (!hasLog) throw refuse('is JSON but no HAR: it has no "log"');
      if (!hasList) throw refuse('is no HAR 1.2: "log.entries" is no list');
    },
  };
}

/** A member's name without escapes. */
function nameOf(text: string): string {
  if (!text.includes('\\')) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}
