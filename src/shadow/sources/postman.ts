import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { MigrateError } from '../../model/errors.ts';
import type { Exchange, RawHeaders } from '../../model/exchange.ts';
import type { TrafficSource } from '../sources.ts';
import { exchangeOf, knownResponse, skips, skipWarnings, startsHar } from './_exchange.ts';

const Pair = z.object({
  key: z.string().nullish(),
  value: z.unknown().optional(),
  disabled: z.boolean().nullish(),
});
const Url = z.union([z.string(), z.object({ raw: z.string().nullish(), variable: z.array(Pair).nullish() })]);
const Auth = z.object({
  type: z.string(),
  bearer: z.array(Pair).nullish(),
  basic: z.array(Pair).nullish(),
  apikey: z.array(Pair).nullish(),
});
const Request = z.object({
  method: z.string().nullish(),
  url: Url.nullish(),
  header: z.union([z.array(Pair), z.string()]).nullish(),
  auth: Auth.nullish(),
  body: z
    .object({
      mode: z.string().nullish(),
      raw: z.string().nullish(),
      urlencoded: z.array(Pair).nullish(),
      options: z.unknown().optional(),
    })
    .nullish(),
});
const Saved = z.object({
  code: z.int().nullish(),
  status: z.string().nullish(),
  header: z.union([z.array(Pair), z.string()]).nullish(),
  body: z.string().nullish(),
  originalRequest: Request.nullish(),
});
/** Collection format 2.1: items nest. https://schema.postman.com/collection/json/v2.1.0 */
interface Item {
  name?: string | null;
  item?: Item[] | null;
  request?: z.infer<typeof Request> | string | null;
  response?: z.infer<typeof Saved>[] | null;
  auth?: z.infer<typeof Auth> | null;
}
const Item: z.ZodType<Item> = z.lazy(() =>
  z.object({
    name: z.string().nullish(),
    item: z.array(Item).nullish(),
    request: z.union([Request, z.string()]).nullish(),
    response: z.array(Saved).nullish(),
    auth: Auth.nullish(),
  }),
);
const Collection = z.object({
  info: z.object({ name: z.string(), schema: z.string() }),
  item: z.array(Item),
  variable: z.array(Pair).nullish(),
  auth: Auth.nullish(),
});

const MAX_DEPTH = 50;

/** Postman collections: requests in their order, with saved example answers where there are some. Scripts are not run. */
const postman: TrafficSource = {
  id: 'postman',
  title: 'a Postman collection v2.1 (.json)',
  recognises: (_file, head, kind) =>
    kind === 'file' &&
    head.startsWith('{') &&
    !startsHar(head) &&
    /getpostman\.com\/json\/collection|postman\.com\/collection\/json/.test(head),
  async read(file) {
    const name = basename(file);
    const bad = (why: string) =>
      new MigrateError('POSTMAN_INVALID', `${file} is no Postman collection v2.1: ${why}.`);
    let value: unknown;
    try {
      value = JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
    } catch (error) {
      throw bad((error as Error).message);
    }
    const parsed = Collection.safeParse(value);
    if (!parsed.success)
      throw bad(`${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`);
    const variables = new Map(
      (parsed.data.variable ?? []).map(({ key, value: text }) => [key ?? '', String(text ?? '')]),
    );
    const left = skips();
    const missing = new Set<string>();
    const exchanges: Exchange[] = [];
    const fill = (text: string): string =>
      text.replace(/\{\{([^{}]+)\}\}/g, (all, key: string) => {
        const found = variables.get(key.trim());
        if (found === undefined || found === '') missing.add(key.trim());
        return found === undefined || found === '' ? all : found;
      });
    const visit = (items: readonly Item[], auth: Item['auth'], depth: number) => {
      for (const item of items) {
        if (item.item && depth < MAX_DEPTH) visit(item.item, item.auth ?? auth, depth + 1);
        if (item.request === undefined || item.request === null) continue;
        const request = typeof item.request === 'string' ? { url: item.request } : item.request;
        const made = toRequest(request, auth, fill);
        if (typeof made === 'string') {
          left.add(made);
          continue;
        }
        const open = [made.path, ...made.headers.flat(), made.body?.toString() ?? ''].some((text) =>
          /\{\{[^{}]+\}\}/.test(text),
        );
        const saved = item.response?.find(({ code }) => typeof code === 'number');
        exchanges.push(
          exchangeOf(exchanges.length + 1, {
            ...made,
            ...{ source: `postman:${name}`, session: parsed.data.info.name },
            withheld: open ? 'it holds a variable the collection gives no value for' : undefined,
            response: saved
              ? knownResponse(
                  saved.code ?? 0,
                  saved.status ?? '',
                  pairsOf(saved.header, fill),
                  Buffer.from(saved.body ?? ''),
                )
              : null,
          }),
        );
      }
    };
    visit(parsed.data.item, parsed.data.auth, 0);
    const warnings = skipWarnings(name, left.counts);
    if (missing.size > 0)
      warnings.push(
        `${name}: variables without a value in the collection: ${[...missing].sort().join(', ')}. Requests with them are not sent.`,
      );
    return { source: 'postman', file, exchanges, skipped: left.counts, warnings };
  },
};
export default postman;

function toRequest(
  request: z.infer<typeof Request>,
  inherited: Item['auth'],
  fill: (text: string) => string,
) {
  let raw = typeof request.url === 'string' ? request.url : (request.url?.raw ?? '');
  if (typeof request.url === 'object')
    for (const { key, value } of request.url?.variable ?? [])
      if (key)
        raw = raw.replace(new RegExp(`/:${key.replace(/\W/g, '\\$&')}(?=[/?#]|$)`), () => `/${value ?? ''}`);
  // `{{baseUrl}}/x` without a value for it: only the path counts.
  let url = fill(raw).replace(/^\{\{[^{}]+\}\}/, 'http://localhost');
  if (!/^https?:\/\//i.test(url)) url = `http://${url}`;
  const [, authority, rest = ''] = /^https?:\/\/([^/?#]*)([^#]*)/i.exec(url) ?? [];
  if (authority === undefined || authority === '') return 'it has no URL';
  const headers = pairsOf(request.header, fill);
  headers.unshift(['Host', authority]);
  const { body } = request;
  let bytes: Buffer | null = null;
  const type = (value: string) => {
    if (!headers.some(([name]) => /^content-type$/i.test(name))) headers.push(['Content-Type', value]);
  };
  if (body?.mode === 'raw' && body.raw) {
    bytes = Buffer.from(fill(body.raw));
    if (/^\s*[[{]/.test(body.raw)) type('application/json');
  } else if (body?.mode === 'urlencoded') {
    type('application/x-www-form-urlencoded');
    const pairs = (body.urlencoded ?? []).filter(({ disabled }) => !disabled);
    bytes = Buffer.from(
      pairs
        .map(
          ({ key, value }) =>
            `${encodeURIComponent(fill(key ?? ''))}=${encodeURIComponent(fill(String(value ?? '')))}`,
        )
        .join('&'),
    );
  } else if (body?.mode === 'formdata' || body?.mode === 'file' || body?.mode === 'graphql')
    return `bodies of mode "${body.mode}" are not read`;
  authorize(request.auth ?? inherited, headers, fill);
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  return {
    method: (request.method ?? 'GET').toUpperCase(),
    origin: `http://${authority}`,
    path: path.replaceAll(' ', '%20'),
    headers,
    body: bytes,
  };
}

function authorize(auth: Item['auth'], headers: RawHeaders, fill: (text: string) => string): void {
  if (!auth || headers.some(([name]) => /^authorization$/i.test(name))) return;
  const field = (list: z.infer<typeof Pair>[] | null | undefined, name: string) =>
    fill(String(list?.find(({ key }) => key === name)?.value ?? ''));
  if (auth.type === 'bearer') headers.push(['Authorization', `Bearer ${field(auth.bearer, 'token')}`]);
  else if (auth.type === 'basic') {
    const text = `${field(auth.basic, 'username')}:${field(auth.basic, 'password')}`;
    headers.push(['Authorization', `Basic ${Buffer.from(text).toString('base64')}`]);
  } else if (auth.type === 'apikey' && field(auth.apikey, 'in') !== 'query')
    headers.push([field(auth.apikey, 'key'), field(auth.apikey, 'value')]);
}

function pairsOf(header: z.infer<typeof Request>['header'], fill: (text: string) => string): RawHeaders {
  if (!Array.isArray(header)) return [];
  return header
    .filter(({ key, disabled }) => key && !disabled)
    .map(({ key, value }): [string, string] => [fill(key ?? ''), fill(String(value ?? ''))]);
}
