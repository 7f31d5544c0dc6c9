import type { Native, Use } from './_contract.ts';

/** Middleware that sets headers which are the same for each answer. */
export function setsHeaders({ work, call }: Use, headers: ReadonlyMap<string, string>): Native {
  const { newline, unit, indentAt, string } = work.layout;
  const indent = indentAt(call?.node.start ?? 0);
  // A policy quotes its words: it stands in the other quotes.
  const text = (value: string) => (value.includes("'") ? JSON.stringify(value) : string(value));
  const key = (name: string) => (/^\w+$/.test(name) ? name : string(name));
  const lines = [...headers].map(
    ([name, value]) => `${newline}${indent}${unit}${key(name)}: ${text(value)},`,
  );
  return {
    ...{ from: 'parity', name: 'fixedHeaders' },
    why: 'Hono’s own middleware sets headers over those of the handlers, and at a higher price',
    args: () => [`{${lines.join('')}${newline}${indent}}`],
  };
}
