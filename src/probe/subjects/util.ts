import { subject } from '../contract.ts';
import { first, same } from '../inside/seen.ts';

type Util = typeof import('node:util') & {
  isArray(value: unknown): boolean;
  getCallSites?: () => { functionName: string }[];
  parseEnv?: (text: string) => Record<string, string>;
};

export default subject<Util>('util', {
  promisify: async ({ promisify }) =>
    same(await promisify((a: number, done: (e: null, r: number) => void) => done(null, a + 1))(1), 2),
  'promisify custom': async ({ promisify }) => same(await promisify(setTimeout)(1, 'x'), 'x'),
  callbackify: async ({ callbackify }) =>
    same(await new Promise((done) => callbackify(async () => 3)((_, value) => done(value))), 3),
  inspect: ({ inspect }) =>
    same(
      inspect({ a: [1, { b: new Map([['c', 1n]]) }], d: Symbol('e') }),
      '{ a: [ 1, { b: [Map] } ], d: Symbol(e) }',
    ),
  format: ({ format }) => same(format('%s %i %j %o', 'a', 1.5, { b: 1 }, 'c'), 'a 1 {"b":1} \'c\''),
  parseArgs: ({ parseArgs }) =>
    same(
      {
        ...parseArgs({
          args: ['--a', 'x', '-b', 'c'],
          options: { a: { type: 'string' }, b: { type: 'boolean', short: 'b' } },
          allowPositionals: true,
        }).values,
      },
      { a: 'x', b: true },
    ),
  'types.isProxy': ({ types }) =>
    same([types.isProxy(new Proxy({}, {})), types.isDate(new Date())], [true, true]),
  TextDecoder: ({ TextDecoder }) =>
    first(
      same(new TextDecoder('utf-16le').decode(new Uint8Array([97, 0])), 'a'),
      same(new TextDecoder('windows-1252').decode(new Uint8Array([0x80])), '€'),
    ),
  styleText: ({ styleText }) =>
    same(
      (styleText as (format: string, text: string, options: object) => string)('red', 'x', {
        validateStream: false,
      }),
      '\u001b[31mx\u001b[39m',
    ),
  isDeepStrictEqual: ({ isDeepStrictEqual }) =>
    same([isDeepStrictEqual(new Set([1]), new Set([1])), isDeepStrictEqual([1], [2])], [true, false]),
  deprecate: ({ deprecate }) => same(deprecate(() => 5, 'old', 'DEP_PROBE')(), 5),
  inherits: ({ inherits }) => {
    function A() {}
    function B() {}
    inherits(A as never, B as never);
    return same(Reflect.get(A, 'super_') === B, true);
  },
  debuglog: ({ debuglog }) => same(debuglog('probe').enabled, false),
  stripVTControlCharacters: ({ stripVTControlCharacters }) =>
    same(stripVTControlCharacters('\u001b[31mx\u001b[0m'), 'x'),
  MIMEType: ({ MIMEType }) => same(new MIMEType('text/html; charset=utf-8').params.get('charset'), 'utf-8'),
  getSystemErrorName: ({ getSystemErrorName }) => same(getSystemErrorName(-2), 'ENOENT'),
  aborted: async ({ aborted }) => {
    const own = new AbortController();
    const end = aborted(own.signal, {});
    own.abort();
    await end;
    return undefined;
  },
  parseEnv: ({ parseEnv }) => same(parseEnv?.('A=1\nB="x y"\n'), { A: '1', B: 'x y' }),
  getCallSites: ({ getCallSites }) => same((getCallSites?.().length ?? 0) > 0, true),
  isArray: ({ isArray }) => same(isArray([]), true),
});
