import type { Making } from './making.ts';

/** What programs call beside Express: each is written once, where or from where it is used. */
const HELPERS: Readonly<Record<string, (any: string) => string>> = {
  HttpError: (any) =>
    `class HttpError extends Error {\n  ${any === '' ? '' : 'status: number;\n  '}constructor(status${any}, message${any}) {\n    super(message);\n    this.status = status;\n  }\n}`,
  pause: (any) => `const pause = (ms${any}) => new Promise((resolve) => setTimeout(resolve, ms));`,
  lookUp: (any) =>
    `function lookUp(key${any}, done${any}) {\n  setTimeout(() => {\n    if (key.includes('bad')) done(new HttpError(422, 'bad row'));\n    else done(null, key.includes('none') ? null : { key, size: key.length });\n  }, 1);\n}`,
  loadRow: (any) =>
    `async function loadRow(key${any}) {\n  await pause(1);\n  if (key.includes('bad')) throw new HttpError(422, 'bad row');\n  return key.includes('none') ? null : { key, size: key.length };\n}`,
  sendOk: (any) =>
    `function sendOk(res${any}, data${any}, status = 200) {\n  return res.status(status).json({ ok: true, data });\n}`,
  failWith: (any) =>
    `function failWith(res${any}, status${any}, message${any}) {\n  res.status(status).send({ error: message });\n}`,
  respondWith: (any) =>
    `const respondWith = (req${any}, res${any}) => {\n  if (req.accepts('html')) return res.send('<h1>' + req.path + '</h1>');\n  res.json({ path: req.path });\n};`,
  stamp: (any) => `function stamp(res${any}, name${any}) {\n  res.set('X-Stamp', name);\n}`,
  whoIs: (any) => `const whoIs = (req${any}) => String(req.get('X-User') || req.query.user || 'nobody');`,
  wrapAsync: (any) =>
    `const wrapAsync = (fn${any}) => (req${any}, res${any}, next${any}) => Promise.resolve(fn(req, res, next)).catch(next);`,
  store: (any) => `const store${any} = { hits: 0, items: [{ id: '1' }, { id: '2' }] };`,
};
const USES: Readonly<Record<string, string[]>> = {
  lookUp: ['HttpError'],
  loadRow: ['HttpError', 'pause'],
};

/** The helpers that some lines name, those that these need first. */
export function helpersIn(lines: readonly string[]): string[] {
  const all = lines.join('\n');
  const found = new Set<string>();
  for (const name of Object.keys(HELPERS)) {
    if (!new RegExp(`\\b${name}\\b`).test(all)) continue;
    for (const needed of USES[name] ?? []) found.add(needed);
    found.add(name);
  }
  return Object.keys(HELPERS).filter((name) => found.has(name));
}

export const writeHelper = ({ style }: Making, name: string): string =>
  HELPERS[name]?.(style.typescript ? ': any' : '') ?? '';
