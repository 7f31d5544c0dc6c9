import { expect, it } from 'vitest';
import { stateInText } from './state-text.ts';

it.each([
  ['let last = 0;\nexports.next = () => ++last;\n', ['last']],
  ['let current;\nexports.keep = (value) => { current = value; };\n', ['current']],
  ['let limit = 10;\nexports.limit = () => limit;\n', []],
  ['const seen = new Map();\nexports.see = (id) => seen.set(id, 1);\n', ['seen']],
  ["const names = ['a', 'b'];\nexports.names = () => names.map(String);\n", []],
  ['const byId = {};\nexports.put = (id, item) => { byId[id] = item; };\n', ['byId']],
  ['class Store {\n  #items = [];\n  add(item) { this.#items.push(item); }\n}\n', ['this.#items']],
  ['function count(items) {\n  const totals = new Map();\n  totals.set(1, 2);\n}\n', []],
])('reads what calls change from %j', (text, names) => {
  expect(stateInText(text)).toEqual(names);
});
