// What V8 says of text that is no JSON: clients of a server on Node see these words, and other engines have their own.

/** Where reading stopped, and what is said of it; null for what is said of any character. */
class Stop {
  at: number;
  words: string | null;
  constructor(at: number, words: string | null) {
    this.at = at;
    this.words = words;
  }
}

/** How many characters are shown on each side of one that is wrong. */
const AROUND = 10;
const SPECIAL = new Set(['NaN', 'Infinity', 'undefined', '[object Object]']);
const WORDS = ['true', 'false', 'null'];

/** V8's message for a text that `JSON.parse` refuses; null for one that it takes. */
export function messageFor(text: string): string | null {
  try {
    const end = afterSpace(text, afterValue(text, 0));
    if (end === text.length) return null;
    throw new Stop(end, 'Unexpected non-whitespace character after JSON');
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    return stop.words === null ? unexpected(text, stop.at) : `${stop.words}${place(text, stop.at)}`;
  }
}

function place(text: string, at: number): string {
  const lines = text.slice(0, at).split(/\r\n|\n|\r/);
  return ` at position ${at} (line ${lines.length} column ${(lines.at(-1) ?? '').length + 1})`;
}

function unexpected(text: string, at: number): string {
  if (SPECIAL.has(text)) return `"${text}" is not valid JSON`;
  if (at >= text.length) return 'Unexpected end of JSON input';
  if (/[-"\d]/.test(text[at] ?? ''))
    return `Unexpected ${text[at] === '"' ? 'string' : 'number'} in JSON${place(text, at)}`;
  const token = `Unexpected token '${text[at]}', `;
  if (text.length <= AROUND * 2) return `${token}"${text}" is not valid JSON`;
  const isCutBefore = at >= AROUND;
  const isCutBehind = !isCutBefore || at < text.length - AROUND;
  const shown = text.slice(isCutBefore ? at - AROUND : 0, isCutBehind ? at + AROUND : text.length);
  return `${token}${isCutBefore ? '...' : ''}"${shown}"${isCutBehind ? '...' : ''} is not valid JSON`;
}

function afterSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && ' \t\n\r'.includes(text[at] as string)) at++;
  return at;
}

function afterValue(text: string, start: number): number {
  const at = afterSpace(text, start);
  const first = text[at] ?? '';
  if (first === '{') return afterMembers(text, at + 1);
  if (first === '[') return afterItems(text, at + 1);
  if (first === '"') return afterString(text, at + 1);
  if (/[-\d]/.test(first)) return afterNumber(text, at);
  const word = WORDS.find((each) => each[0] === first);
  if (word === undefined) throw new Stop(at, null);
  for (let index = 1; index < word.length; index++)
    if (text[at + index] !== word[index]) throw new Stop(at + index, null);
  return at + word.length;
}

function afterMembers(text: string, start: number): number {
  let at = afterSpace(text, start);
  if (text[at] === '}') return at + 1;
  for (let wanted = "Expected property name or '}' in JSON"; ; ) {
    if (text[at] !== '"') throw new Stop(at, wanted);
    at = afterSpace(text, afterString(text, at + 1));
    if (text[at] !== ':') throw new Stop(at, "Expected ':' after property name in JSON");
    at = afterSpace(text, afterValue(text, at + 1));
    if (text[at] === '}') return at + 1;
    if (text[at] !== ',') throw new Stop(at, "Expected ',' or '}' after property value in JSON");
    at = afterSpace(text, at + 1);
    wanted = 'Expected double-quoted property name in JSON';
  }
}

function afterItems(text: string, start: number): number {
  let at = afterSpace(text, start);
  if (text[at] === ']') return at + 1;
  for (;;) {
    at = afterSpace(text, afterValue(text, at));
    if (text[at] === ']') return at + 1;
    if (text[at] !== ',') throw new Stop(at, "Expected ',' or ']' after array element in JSON");
    at += 1;
  }
}

function afterString(text: string, start: number): number {
  for (let at = start; ; at++) {
    const each = text[at];
    if (each === undefined) throw new Stop(at, 'Unterminated string in JSON');
    if (each === '"') return at + 1;
    if (each < ' ') throw new Stop(at, 'Bad control character in string literal in JSON');
    if (each !== '\\') continue;
    at += 1;
    if (text[at] === undefined) throw new Stop(at, null);
    if (text[at] === 'u') {
      for (let digit = 0; digit < 4; digit++) {
        at += 1;
        if (!/[\da-f]/i.test(text[at] ?? '')) throw new Stop(at, 'Bad Unicode escape in JSON');
      }
    } else if (!'"\\/bfnrt'.includes(text[at] as string)) throw new Stop(at, 'Bad escaped character in JSON');
  }
}

function afterNumber(text: string, start: number): number {
  let at = start;
  const digits = (missing: string) => {
    if (!/\d/.test(text[at] ?? '')) throw new Stop(at, missing);
    while (/\d/.test(text[at] ?? '')) at++;
  };
  if (text[at] === '-') at += 1;
  if (text[at] === '0') {
    at += 1;
    if (/\d/.test(text[at] ?? '')) throw new Stop(at, 'Unexpected number in JSON');
  } else digits('No number after minus sign in JSON');
  if (text[at] === '.') {
    at += 1;
    digits('Unterminated fractional number in JSON');
  }
  if (/[eE]/.test(text[at] ?? '')) {
    at += 1;
    if (/[-+]/.test(text[at] ?? '')) at += 1;
    digits('Exponent part is missing a number in JSON');
  }
  return at;
}
