import { describe, expect, it } from 'vitest';
import { messageFor } from '../parity-source/json-errors.ts';

/** Texts with what Node 24 says of them; Node 22 says the same. */
const SAID: readonly (readonly [string, string])[] = [
  ['', 'Unexpected end of JSON input'],
  ['{', "Expected property name or '}' in JSON at position 1 (line 1 column 2)"],
  ['{"a":', 'Unexpected end of JSON input'],
  ['{"a" 1}', "Expected ':' after property name in JSON at position 5 (line 1 column 6)"],
  ['{"a":1 "b":2}', "Expected ',' or '}' after property value in JSON at position 7 (line 1 column 8)"],
  ['{"a":1,}', 'Expected double-quoted property name in JSON at position 7 (line 1 column 8)'],
  ['[1 2]', "Expected ',' or ']' after array element in JSON at position 3 (line 1 column 4)"],
  ['[1,2,}', 'Unexpected token \'}\', "[1,2,}" is not valid JSON'],
  ['{"a":1}}', 'Unexpected non-whitespace character after JSON at position 7 (line 1 column 8)'],
  ['"not ended', 'Unterminated string in JSON at position 10 (line 1 column 11)'],
  ['"a\\', 'Unexpected end of JSON input'],
  ['"a\\x"', 'Bad escaped character in JSON at position 3 (line 1 column 4)'],
  ['"a\\u00g0"', 'Bad Unicode escape in JSON at position 6 (line 1 column 7)'],
  ['"a\nb"', 'Bad control character in string literal in JSON at position 2 (line 1 column 3)'],
  ['-', 'No number after minus sign in JSON at position 1 (line 1 column 2)'],
  ['-x', 'No number after minus sign in JSON at position 1 (line 1 column 2)'],
  ['01', 'Unexpected number in JSON at position 1 (line 1 column 2)'],
  ['1.', 'Unterminated fractional number in JSON at position 2 (line 1 column 3)'],
  ['1e', 'Exponent part is missing a number in JSON at position 2 (line 1 column 3)'],
  ['tru0', 'Unexpected number in JSON at position 3 (line 1 column 4)'],
  ['nul', 'Unexpected end of JSON input'],
  ['[1,]', 'Unexpected token \']\', "[1,]" is not valid JSON'],
  ["{\n  'a': 1\n}", "Expected property name or '}' in JSON at position 4 (line 2 column 3)"],
  ['name=ann', 'Unexpected token \'a\', "name=ann" is not valid JSON'],
  ['NaN', '"NaN" is not valid JSON'],
  ['undefined', '"undefined" is not valid JSON'],
  [
    '{"a": 1, "list": [1, 2, x], "more": "words to be cut"}',
    'Unexpected token \'x\', ..."": [1, 2, x], "more""... is not valid JSON',
  ],
  ['name=ann&more=words that are cut', 'Unexpected token \'a\', "name=ann&mo"... is not valid JSON'],
  ['{"list": [1, 2, 3, 4, 5, 6], "n": x}', 'Unexpected token \'x\', ..." 6], "n": x}" is not valid JSON'],
];

describe('what is said of text that is no JSON', () => {
  it('is what Node says', () => {
    expect(SAID.map(([text]) => [text, messageFor(text)])).toEqual(SAID);
  });

  it('is nothing for text that is JSON', () => {
    const texts = ['{"a":[1,-0.5e+3,"\\u00e9"],"b":{}}', ' null ', '[]', '0'];
    expect(texts.map(messageFor)).toEqual(texts.map(() => null));
  });
});
