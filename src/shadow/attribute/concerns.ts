import type { Cell } from '../../model/comparison.ts';

/**
 * Which rules of a codemod may touch which place of an answer, by the first words of a rule's name. A heuristic to put
 * likely edits first; ownership itself is measured, never read from this table.
 */
const CONCERNS: readonly (readonly [place: RegExp, rules: RegExp])[] = [
  [
    /^(status|reason|transport)$/,
    /^(response\/(status|sendStatus|writeHead|redirect|sendFile|download|end|send|json|format)|errors|routing|request|middleware|packages|promises|callbacks|flow|streaming)/,
  ],
  [/^header:location$/, /^(response\/(redirect|location|set|header|writeHead)|routing)/],
  [/^cookie:/, /^(response\/(cookie|clearCookie|append|set|header|writeHead)|packages\/cookies)/],
  [
    /^header:(etag|content-length|content-type|transfer-encoding|content-encoding)$/,
    /^(response\/(json|send|end|type|contentType|set|header|sendFile|download|writeHead|attachment|format|render)|streaming|errors|parity)/,
  ],
  [
    /^header:/,
    /^(response\/(set|header|append|vary|type|links|writeHead|attachment|removeHeader|format|redirect|download|sendFile)|middleware|parity|errors|packages)/,
  ],
  [
    /^(body|stream)/,
    /^(response\/|streaming|request|helpers|variables|errors|packages|callbacks|promises|flow)/,
  ],
];

/** Whether a rule may have to do with the place of a cell. */
export function concerns(cell: Pick<Cell, 'location'>, rule: string): boolean {
  const hit = CONCERNS.find(([place]) => place.test(cell.location));
  return hit === undefined || hit[1].test(rule);
}

/** What an edit's text would name if it wrote this place: a header, a cookie, a JSON key, the status before. */
export function nameOf(cell: Pick<Cell, 'location' | 'kind' | 'exemplars'>): string | null {
  const { location, kind } = cell;
  if (kind === 'status') return cell.exemplars[0]?.old ?? null;
  if (location.startsWith('header:')) return location.slice('header:'.length);
  if (location.startsWith('cookie:')) return location.slice('cookie:'.length).replace(/\.[a-z]+$/i, '');
  const key = /\.([A-Za-z_]\w*)(\[\])*$/.exec(location)?.[1];
  return location.startsWith('body.') && key !== undefined ? key : null;
}
