import { subject } from '../contract.ts';
import { same, thrown } from '../inside/seen.ts';

export default subject<typeof import('node:events')>('events', {
  EventEmitter: ({ EventEmitter }) => {
    const own = new EventEmitter();
    const seen: unknown[] = [];
    own.prependListener('a', (value) => seen.push(value));
    own.once('a', (value) => seen.push(value + 1));
    own.emit('a', 1);
    own.emit('a', 5);
    return same([seen, own.listenerCount('a')], [[1, 2, 5], 1]);
  },
  'EventEmitter error': async ({ EventEmitter }) =>
    same((await thrown(() => new EventEmitter().emit('error', new Error('x'))))?.message, 'x'),
  'EventEmitter captureRejections': async ({ EventEmitter }) => {
    const own = new EventEmitter({ captureRejections: true });
    own.on('a', async () => {
      throw new Error('inside');
    });
    const caught = new Promise((done) => own.once('error', (error) => done(error.message)));
    own.emit('a');
    return same(await caught, 'inside');
  },
  once: async ({ once, EventEmitter }) => {
    const own = new EventEmitter();
    setTimeout(() => own.emit('a', 1), 1);
    return same(await once(own, 'a'), [1]);
  },
  on: async ({ on, EventEmitter }) => {
    const own = new EventEmitter();
    setTimeout(() => own.emit('a', 1), 1);
    for await (const [value] of on(own, 'a')) return same(value, 1);
  },
  getEventListeners: ({ getEventListeners }) => {
    const target = new EventTarget();
    target.addEventListener('a', () => {});
    return same(getEventListeners(target, 'a').length, 1);
  },
  EventEmitterAsyncResource: async ({ EventEmitterAsyncResource }) => {
    const { AsyncLocalStorage } = await import('node:async_hooks');
    const storage = new AsyncLocalStorage<number>();
    const own = storage.run(1, () => new EventEmitterAsyncResource({ name: 'Probe' }));
    let seen: number | undefined;
    own.on('a', () => {
      seen = storage.getStore();
    });
    own.emit('a');
    return same(seen, 1);
  },
  addAbortListener: ({ addAbortListener }) => {
    const own = new AbortController();
    let called = 0;
    addAbortListener(own.signal, () => void called++);
    own.abort();
    return same(called, 1);
  },
});
