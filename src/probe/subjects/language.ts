import { subject } from '../contract.ts';
import { happens, same, thrown } from '../inside/seen.ts';

const message = async (call: () => unknown) => (await thrown(call))?.message;

/** What an engine decides by itself. Node's answers are V8's. */
export default subject<unknown>('(language)', {
  'sort boolean': () => same([3, 1, 2].sort(((a: number, b: number) => a > b) as never), [3, 1, 2]),
  'error null': async () =>
    same(
      await message(() => (null as unknown as { x: 1 }).x),
      "Cannot read properties of null (reading 'x')",
    ),
  'error JSON.parse': async () =>
    same(await message(() => JSON.parse('{"a":')), 'Unexpected end of JSON input'),
  'error RegExp': async () =>
    same(
      await message(() => new RegExp(String.fromCharCode(40))),
      'Invalid regular expression: /(/: Unterminated group',
    ),
  'error cyclic': async () => {
    const own: { own?: unknown } = {};
    own.own = own;
    return same(
      (await message(() => JSON.stringify(own)))?.split('\n')[0],
      'Converting circular structure to JSON',
    );
  },
  'Error.captureStackTrace': () => {
    const own: { stack?: string } = {};
    Error.captureStackTrace(own);
    return happens(typeof own.stack === 'string', 'no stack is written');
  },
  'Error.prepareStackTrace': () => {
    const before = Error.prepareStackTrace;
    Error.prepareStackTrace = (_, sites) => sites.length;
    const { stack } = new Error('x');
    Error.prepareStackTrace = before;
    return happens(typeof stack === 'number', 'it is not called');
  },
  'Error.stackTraceLimit': () => {
    const before = Error.stackTraceLimit;
    Error.stackTraceLimit = 1;
    const { stack = '' } = new Error('x');
    Error.stackTraceLimit = before;
    return same(stack.split('\n').filter((line) => /\bat /.test(line)).length, 1);
  },
  'Date words': () => same(new Date('1 Jan 2026 10:00 UTC').getTime(), 1_767_261_600_000),
  'Date loose': () => same(new Date('2026-1-2 UTC').getTime(), 1_767_312_000_000),
  toLocaleString: () =>
    same((1234.5).toLocaleString('en-US', { style: 'currency', currency: 'EUR' }), '€1,234.50'),
});
