import { subject } from '../contract.ts';
import { happens, same } from '../inside/seen.ts';

type Globals = Record<string, unknown>;
/** A constructor or function by its name, looked up when it is asked: not every runtime has it. */
const made = (name: string, ...args: unknown[]): Globals => {
  const Named = Reflect.get(globalThis, name) as new (...args: unknown[]) => Globals;
  if (Named === undefined) throw new Error(`${name} is not defined`);
  return new Named(...args);
};

/** What every module finds without an import. */
export default subject<Globals>('(globals)', {
  fetch: async (_, { origin }) =>
    same(await (await fetch(`${origin}/a`, { method: 'PUT', body: 'x' })).text(), 'answered PUT /a'),
  'fetch data:': async () => same(await (await fetch('data:text/plain,x')).text(), 'x'),
  structuredClone: () =>
    same(
      structuredClone(new Map([[1, new Date(5)]]))
        .get(1)
        ?.getTime(),
      5,
    ),
  'AbortSignal.timeout': async () => {
    const signal = AbortSignal.timeout(5);
    await new Promise((done) => setTimeout(done, 60));
    return same([signal.aborted, signal.reason?.name], [true, 'TimeoutError']);
  },
  'AbortSignal.any': () => same(AbortSignal.any([AbortSignal.abort()]).aborted, true),
  CompressionStream: async () => {
    const packed = (made('Blob', ['x'.repeat(100)]).stream as () => ReadableStream)
      .call(made('Blob', ['x'.repeat(100)]))
      .pipeThrough(made('CompressionStream', 'gzip') as never);
    const plain = packed.pipeThrough(made('DecompressionStream', 'gzip') as never) as ReadableStream;
    return same((await new Response(plain as never).text()).length, 100);
  },
  BroadcastChannel: async () => {
    const [a, b] = [made('BroadcastChannel', 'probe'), made('BroadcastChannel', 'probe')];
    const got = new Promise((done) => {
      b.onmessage = (event: { data: unknown }) => done(event.data);
    });
    (a.postMessage as (value: unknown) => void).call(a, 'x');
    const value = await got;
    (a.close as () => void).call(a);
    (b.close as () => void).call(b);
    return same(value, 'x');
  },
  WebSocket: () => same(typeof Reflect.get(globalThis, 'WebSocket'), 'function'),
  URLPattern: () =>
    same(
      (made('URLPattern', { pathname: '/a/:id' }).test as (url: string) => boolean).call(
        made('URLPattern', { pathname: '/a/:id' }),
        'http://x/a/1',
      ),
      true,
    ),
  WebAssembly: async () => {
    const wasm = Reflect.get(globalThis, 'WebAssembly') as {
      instantiate(bytes: Uint8Array): Promise<{ instance: unknown }>;
    };
    return same(
      typeof (await wasm.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))).instance,
      'object',
    );
  },
  eval: () => {
    // biome-ignore lint/security/noGlobalEval: what is asked is whether it may be called
    const indirect = eval;
    return same(indirect('1 + 1'), 2);
  },
  Function: () => same(new Function('return 2')(), 2),
  Intl: () =>
    same(
      [
        new Intl.NumberFormat('de-DE').format(1234.5),
        new Intl.DateTimeFormat('fr', { month: 'long', timeZone: 'UTC' }).format(0),
      ],
      ['1.234,5', 'janvier'],
    ),
  setTimeout: () =>
    happens(typeof setTimeout(() => {}, 1) === 'object', 'it gives a number, without unref()'),
  setImmediate: async () => same(await new Promise((done) => setImmediate(done, 'x')), 'x'),
  queueMicrotask: async () => same(await new Promise((done) => queueMicrotask(() => done('x'))), 'x'),
  WeakRef: () => same(new WeakRef({ a: 1 }).deref()?.a, 1),
});
