import { changeHeader, EXCUSED, fault, headerAt, withHeaders } from './plant.ts';

const DAY_MS = 86_400_000;
const named = (pattern: RegExp) => (name: string) => pattern.test(name);
const other = (name: string) => !EXCUSED.test(name);

/** Regressions that rules about HTTP could hide. */
export const HEADER_HIDDEN = [
  fault(
    'date-header-moved',
    (view) =>
      changeHeader(view, named(/^date$/i), (value) => new Date(Date.parse(value) - DAY_MS).toUTCString()) ??
      withHeaders(view, [...view.response.headers, ['Date', new Date(Date.now() - DAY_MS).toUTCString()]]),
  ),
  fault('date-header-form', (view) =>
    changeHeader(view, named(/^date$/i), (value) => new Date(Date.parse(value)).toISOString()),
  ),
  fault('header-recased', (view) => {
    const at = headerAt(view, other);
    const header = view.response.headers[at];
    if (!header) return null;
    const [name, value] = header;
    const recased = name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase();
    return withHeaders(view, view.response.headers.with(at, [recased, `${value}x`]));
  }),
  fault('header-values-swapped', (view) => {
    const { headers } = view.response;
    const first = headerAt(view, other);
    const value = headers[first]?.[1];
    const second = headerAt(
      view,
      (name) => other(name) && headers.some(([one, held]) => one.toLowerCase() === name && held !== value),
    );
    const [a, b] = [headers[first], headers[second]];
    if (!a || !b || a[1] === b[1]) return null;
    return withHeaders(view, headers.with(first, [a[0], b[1]]).with(second, [b[0], a[1]]));
  }),
  fault('header-cut-at-comma', (view) => {
    const { headers } = view.response;
    const at = headers.findIndex(
      ([name, value]) => /^(date|expires|last-modified)$/i.test(name) && value.includes(', '),
    );
    const header = headers[at];
    if (!header) return null;
    const [name, value] = header;
    const [before = '', ...after] = value.split(', ');
    return withHeaders(view, headers.toSpliced(at, 1, [name, before], [name, after.join(', ')]));
  }),
  fault('connection-closed', (view) => {
    const { headers } = view.response;
    const said = headers.filter(([name]) => /^connection$/i.test(name)).map(([, value]) => value);
    if (said.some((value) => /close|upgrade/i.test(value))) return null;
    return withHeaders(view, [
      ...headers.filter(([name]) => !/^connection$/i.test(name)),
      ['Connection', 'close'],
    ]);
  }),
  fault('allow-method-lost', (view) =>
    changeHeader(view, named(/^allow$/i), (value) => value.replace(/\s*,[^,]*$/, '')),
  ),
  fault('window-longer', (view) =>
    changeHeader(view, named(/^((x-)?rate-?limit-reset|retry-after|ratelimit)$/i), (value) =>
      value.replace(/(?<=^|\b(?:reset|t)=)\d+(?=$|[;,\s])/g, (seconds) => String(Number(seconds) + 60)),
    ),
  ),
  fault('header-text-lost', (view) =>
    changeHeader(
      view,
      (name) => view.headers.get(name)?.some((value) => /[^\u0000-\u007f]/.test(value)) ?? false,
      (value) => value.replace(/[^\u0000-\u007f]+/g, '?'),
    ),
  ),
] as const;
