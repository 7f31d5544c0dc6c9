import { subject } from '../contract.ts';
import { read, same } from '../inside/seen.ts';

type Zlib = typeof import('node:zlib') & {
  crc32?: (text: string) => number;
  zstdCompressSync?: (data: Uint8Array) => Uint8Array;
  zstdDecompressSync?: (data: Uint8Array) => Uint8Array;
};
const TEXT = Array.from({ length: 400 }, (_, index) => `line ${index % 37} of ${index}`).join('\n');

/** Node's own bytes: the length of what it makes of the text, and the sum of its bytes. */
const sum = (bytes: Uint8Array): number[] => [
  bytes.length,
  bytes.reduce((all, one) => (all + one) % 65_521, 0),
];

export default subject<Zlib>('zlib', {
  gzipSync: ({ gzipSync, gunzipSync }) => same(gunzipSync(gzipSync(TEXT)).toString(), TEXT),
  deflateSync: ({ deflateSync, inflateSync }) => same(inflateSync(deflateSync(TEXT)).toString(), TEXT),
  'deflateSync bytes': ({ deflateSync }) => same(sum(deflateSync(TEXT)), [1461, 52_976]),
  'gzipSync bytes': ({ gzipSync }) => same(sum(gzipSync(TEXT)), [1473, 53_043]),
  brotliCompressSync: ({ brotliCompressSync, brotliDecompressSync }) =>
    same(brotliDecompressSync(brotliCompressSync(TEXT)).toString(), TEXT),
  zstdCompressSync: ({ zstdCompressSync, zstdDecompressSync }) =>
    same(
      new TextDecoder().decode(
        zstdDecompressSync?.(zstdCompressSync?.(new TextEncoder().encode(TEXT)) ?? new Uint8Array()),
      ),
      TEXT,
    ),
  crc32: ({ crc32 }) => same(crc32?.('hello'), 907_060_870),
  createGzip: async ({ createGzip, createGunzip }) => {
    const own = createGzip();
    own.write('a');
    own.end('b');
    return same(await read(own.pipe(createGunzip())), 'ab');
  },
  'createGzip flush': async ({ createGzip, constants }) => {
    const own = createGzip();
    own.write('a');
    const part = new Promise<number>((done) => own.once('data', (chunk) => done(chunk.length)));
    own.flush(constants.Z_SYNC_FLUSH);
    return same((await part) > 0, true);
  },
  gunzipSync: ({ gunzipSync }) => {
    try {
      gunzipSync(new Uint8Array([1, 2, 3]));
      return same('accepted', 'an error');
    } catch (error) {
      return same((error as { code?: string }).code, 'Z_DATA_ERROR');
    }
  },
});
