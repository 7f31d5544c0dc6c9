import { subject } from '../contract.ts';
import { event, read, same, thrown } from '../inside/seen.ts';

type Stream = typeof import('node:stream') & {
  compose(...parts: unknown[]): import('node:stream').Duplex;
};

export default subject<Stream>('stream', {
  pipeline: async ({ pipeline, Readable, Transform, PassThrough }) => {
    const upper = new Transform({ transform: (chunk, _, done) => done(null, String(chunk).toUpperCase()) });
    const out = new PassThrough();
    const end = new Promise<void>((done, fail) =>
      pipeline(Readable.from(['a', 'b']), upper, out, (error) => (error ? fail(error) : done())),
    );
    const text = await read(out);
    await end;
    return same(text, 'AB');
  },
  'pipeline error': async ({ pipeline, Readable, PassThrough }) => {
    const bad = new Readable({ read: () => bad.destroy(new Error('broken')) });
    const out = new PassThrough();
    const error = await thrown(
      () => new Promise((done, fail) => pipeline(bad, out, (wrong) => (wrong ? fail(wrong) : done(0)))),
    );
    return same([error?.message, out.destroyed], ['broken', true]);
  },
  'Readable.toWeb': async ({ Readable }) =>
    same(
      await new Response(
        Readable.toWeb(Readable.from(['a', 'b'].map((one) => new TextEncoder().encode(one)))) as never,
      ).text(),
      'ab',
    ),
  'Readable.fromWeb': async ({ Readable }) =>
    same(await read(Readable.fromWeb(new Response('web').body as never)), 'web'),
  Readable: async ({ Readable }) =>
    same(
      await Readable.from([1, 2, 3])
        .map((n) => n * 2)
        .toArray(),
      [2, 4, 6],
    ),
  Writable: async ({ Writable }) => {
    const seen: string[] = [];
    const own = new Writable({
      highWaterMark: 1,
      write: (chunk, _, done) => {
        seen.push(String(chunk));
        setTimeout(done, 1);
      },
    });
    const isFull = own.write('ab') === false;
    await event(own, 'drain');
    return same([isFull, seen], [true, ['ab']]);
  },
  finished: async ({ finished, Readable }) => {
    const own = Readable.from(['a']);
    const end = new Promise<void>((done, fail) => finished(own, (error) => (error ? fail(error) : done())));
    own.resume();
    await end;
    return undefined;
  },
  'Duplex.from': async ({ Duplex }) =>
    same(
      await read(
        Duplex.from(async function* () {
          yield 'x';
        }),
      ),
      'x',
    ),
  compose: async ({ compose, PassThrough }) => {
    const own = compose(new PassThrough(), new PassThrough());
    own.end('x');
    return same(await read(own), 'x');
  },
  addAbortSignal: async ({ addAbortSignal, Readable }) => {
    const own = addAbortSignal(AbortSignal.abort(), new Readable({ read() {} }));
    const [error] = (await event(own, 'error')) as [Error];
    return same(error.name, 'AbortError');
  },
});
