import { subject } from '../contract.ts';
import { happens, nothing, otherwise, pause, same } from '../inside/seen.ts';

export default subject<typeof import('node:async_hooks')>('async_hooks', {
  AsyncLocalStorage: async ({ AsyncLocalStorage }) => {
    const storage = new AsyncLocalStorage<number>();
    const seen = await storage.run(1, async () => {
      await pause(1);
      return storage.getStore();
    });
    return same([seen, storage.getStore() ?? null], [1, null]);
  },
  'AsyncLocalStorage enterWith': async ({ AsyncLocalStorage }) => {
    const storage = new AsyncLocalStorage<number>();
    storage.enterWith(2);
    await pause(1);
    return same(storage.getStore(), 2);
  },
  'AsyncLocalStorage disable': ({ AsyncLocalStorage }) => {
    const storage = new AsyncLocalStorage<number>();
    return storage.run(1, () => {
      storage.disable();
      return happens(storage.getStore() === undefined, 'the store is still there');
    });
  },
  'AsyncLocalStorage snapshot': ({ AsyncLocalStorage }) => {
    const storage = new AsyncLocalStorage<number>();
    const back = storage.run(3, () => AsyncLocalStorage.snapshot());
    return same(
      back(() => storage.getStore()),
      3,
    );
  },
  AsyncResource: ({ AsyncLocalStorage, AsyncResource }) => {
    const storage = new AsyncLocalStorage<number>();
    const resource = storage.run(4, () => new AsyncResource('PROBE'));
    return same(
      resource.runInAsyncScope(() => storage.getStore()),
      4,
    );
  },
  createHook: async ({ createHook }) => {
    const types = new Set<string>();
    let destroyed = 0;
    const hook = createHook({
      init: (_, type) => void types.add(type),
      before: () => {},
      destroy: () => void destroyed++,
    });
    hook.enable();
    await new Promise((done) => setTimeout(done, 5));
    await Promise.resolve();
    await new Promise((done) => setImmediate(done));
    await pause(5);
    hook.disable();
    if (types.size === 0) return nothing('no event of a timer, a promise and an immediate');
    const lacking = ['Timeout', 'PROMISE', 'Immediate'].filter((type) => !types.has(type));
    if (lacking.length > 0) return otherwise(`no init event of ${lacking.join(', ')}`);
    return destroyed > 0 ? undefined : otherwise('no destroy event');
  },
  executionAsyncId: async ({ executionAsyncId }) => {
    const inside = await new Promise<number>((done) => setTimeout(() => done(executionAsyncId()), 1));
    return happens(inside > 1, `${inside} inside a timer`);
  },
  triggerAsyncId: async ({ triggerAsyncId }) => {
    const inside = await new Promise<number>((done) =>
      setTimeout(() => setTimeout(() => done(triggerAsyncId()), 1), 1),
    );
    return happens(inside > 0, `${inside} inside a timer that a timer set`);
  },
  executionAsyncResource: async ({ executionAsyncResource }) => {
    const kind = await new Promise((done) =>
      setTimeout(() => done(executionAsyncResource().constructor.name), 1),
    );
    return happens(kind === 'Timeout', 'inside a timer it is no timer');
  },
});
