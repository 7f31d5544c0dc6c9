import { subject } from '../contract.ts';
import { happens, read, same } from '../inside/seen.ts';

type V8 = typeof import('node:v8');

export default subject<V8>('v8', {
  serialize: ({ serialize, deserialize }) => {
    const bytes = serialize({ a: new Map([[1, 'b']]) });
    const back = deserialize(bytes) as { a: Map<number, string> };
    return back.a.get(1) === 'b'
      ? same(bytes.subarray(0, 2).toString('hex'), 'ff0f')
      : same(back, 'the same value');
  },
  deserialize: ({ deserialize }) =>
    // As Node 22 writes `{ a: 1 }`.
    same(deserialize(Uint8Array.from([0xff, 0x0f, 0x6f, 0x22, 0x01, 0x61, 0x49, 0x02, 0x7b, 0x01])), {
      a: 1,
    }),
  getHeapStatistics: ({ getHeapStatistics }) => {
    const { heap_size_limit, used_heap_size } = getHeapStatistics();
    return happens(heap_size_limit > 0 && used_heap_size > 0, 'all of it is 0');
  },
  getHeapSpaceStatistics: ({ getHeapSpaceStatistics }) =>
    happens(
      getHeapSpaceStatistics().some(({ space_name }) => space_name === 'old_space'),
      'no space of V8 is listed',
    ),
  writeHeapSnapshot: async ({ writeHeapSnapshot }, { scratch }) => {
    const { statSync } = await import('node:fs');
    const file = writeHeapSnapshot(`${scratch}/own.heapsnapshot`);
    return happens(statSync(file).size > 1_000, 'the file is empty');
  },
  getHeapSnapshot: async ({ getHeapSnapshot }) =>
    happens((await read(getHeapSnapshot())).startsWith('{"snapshot"'), 'it is no snapshot'),
  setFlagsFromString: async ({ setFlagsFromString }) => {
    setFlagsFromString('--expose-gc');
    const { runInNewContext } = await import('node:vm');
    return happens(runInNewContext('typeof gc') === 'function', '--expose-gc has no effect');
  },
  cachedDataVersionTag: ({ cachedDataVersionTag }) => happens(cachedDataVersionTag() > 0, 'it is 0'),
  setHeapSnapshotNearHeapLimit: ({ setHeapSnapshotNearHeapLimit }) => void setHeapSnapshotNearHeapLimit(1),
  GCProfiler: async ({ GCProfiler }) => {
    const own = new GCProfiler();
    own.start();
    return same(Array.isArray(own.stop()?.statistics), true);
  },
  'promiseHooks.onInit': async ({ promiseHooks }) => {
    let count = 0;
    const stop = promiseHooks.onInit(() => void count++);
    await Promise.resolve().then(() => {});
    (stop as () => void)();
    return happens(count > 0, 'it is not called');
  },
});
