import type { Followed } from './contract.ts';

/** What a package that others of its kind stand on asks of a request or response that it is handed. */
export interface Helper {
  /** Members by what it is handed; `on-headers` and `on-finished` stand for what these two do. */
  asks: Partial<Record<Followed, readonly string[]>>;
  /** It calls a function that it is given, with the response or request as `this`. */
  callsBack?: true;
}

const ofHeaders: Helper = { asks: { req: ['headers'], 'req.headers': ['*'] } };

/**
 * Source: on-headers 1, on-finished 2, vary 1, parseurl 1, proxy-addr 2, forwarded 0.2, accepts 1 and 2, type-is 1 and 2,
 * negotiator 0.6 and 1, content-type 1, basic-auth 2, fresh 0.5 and 2, debug 2 to 4.
 */
export const HELPERS: ReadonlyMap<string, Helper> = new Map<string, Helper>([
  ['on-headers', { asks: { res: ['on-headers'] }, callsBack: true }],
  ['on-finished', { asks: { res: ['on-finished'], req: ['on-finished'] }, callsBack: true }],
  ['vary', { asks: { res: ['getHeader', 'setHeader'] } }],
  ['parseurl', { asks: { req: ['url', 'originalUrl'] } }],
  ['proxy-addr', { asks: { req: ['headers', 'remoteAddress'] } }],
  ['forwarded', { asks: { req: ['headers', 'remoteAddress'] } }],
  ['accepts', ofHeaders],
  ['type-is', ofHeaders],
  ['negotiator', ofHeaders],
  ['content-type', ofHeaders],
  ['basic-auth', ofHeaders],
  ['fresh', { asks: { 'req.headers': ['*'] } }],
  ['debug', { asks: { req: [], res: [], 'req.headers': [], 'req.query': [], 'req.params': [] } }],
]);

/** Builtins and globals that only look at what they are given, by the ways to reach them. */
export const LOOKS = new Set([
  ...['Boolean', 'Array.isArray', 'assert', 'assert.ok', 'Object.is'],
  ...['WeakMap.().get', 'WeakMap.().has', 'WeakMap.().delete', 'WeakSet.().has', 'WeakSet.().add'],
  ...['WeakMap.().set', 'WeakSet.().delete', 'console.log', 'console.error', 'console.warn'],
]);

/** Those that read all of a record: headers, parameters. */
export const READS_ALL = new Set([
  ...['Object.keys', 'Object.values', 'Object.entries', 'JSON.stringify', 'Object.getOwnPropertyNames'],
  ...['String', 'querystring.stringify', 'Object.fromEntries'],
]);

/** Records whose members are values: to read any or all of them is to read them. */
export const RECORDS: ReadonlySet<Followed> = new Set([
  'req.headers',
  'req.params',
  'req.query',
  'res.locals',
]);
