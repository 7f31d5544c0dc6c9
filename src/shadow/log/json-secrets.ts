/** What to do with the values of secret fields. */
export interface SecretFields {
  isSecret(name: string): boolean;
  /** A string value, decoded; the result is put back as a JSON string. */
  text(value: string): string;
  /** A number as it is written; the result must be a number too. */
  number(value: string): string;
}

interface Level {
  object: boolean;
  /** Below a secret field. */
  secret: boolean;
  key: string | null;
  atKey: boolean;
}

const NUMBER = /-?\d[\d.eE+-]*/y;

/**
 * Replaces the values of secret fields in JSON, at any depth, and touches no other byte. Works on a stream of
 * documents and on text that is cut off too: a lexer, so that no value is kept because its document does not parse.
 */
export function replaceSecretFields(text: string, fields: SecretFields): string {
  let out = '';
  let copied = 0;
  const stack: Level[] = [];
  const replace = (from: number, to: number, value: string) => {
    out += text.slice(copied, from) + value;
    copied = to;
  };
  for (let i = 0; i < text.length; ) {
    const code = text.charCodeAt(i);
    const top = stack.at(-1);
    const secret = top !== undefined && (top.secret || (top.key !== null && fields.isSecret(top.key)));
    if (code === 0x22) {
      const end = endOfString(text, i);
      if (top?.object && top.atKey) {
        top.key = decode(text.slice(i, end));
        top.atKey = false;
      } else if (secret) replace(i, end, JSON.stringify(fields.text(decode(text.slice(i, end)))));
      i = end;
      continue;
    }
    if (code === 0x7b || code === 0x5b)
      stack.push({ object: code === 0x7b, secret, key: null, atKey: code === 0x7b });
    else if (code === 0x7d || code === 0x5d) stack.pop();
    else if (code === 0x2c && top?.object) {
      top.atKey = true;
      top.key = null;
    } else if (secret && (code === 0x2d || (code >= 0x30 && code <= 0x39))) {
      NUMBER.lastIndex = i;
      const number = NUMBER.exec(text)?.[0];
      if (number !== undefined) {
        replace(i, i + number.length, fields.number(number));
        i += number.length;
        continue;
      }
    }
    i++;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i++;
    else if (code === 0x22) return i + 1;
  }
  return text.length;
}

function decode(literal: string): string {
  try {
    return JSON.parse(literal);
  } catch {
    return literal.replace(/^"|"$/g, '');
  }
}
