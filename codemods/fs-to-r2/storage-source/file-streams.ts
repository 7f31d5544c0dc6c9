import * as fs from 'node:fs';
import { Readable, Writable } from 'node:stream';
import { locate, missing, type Parts, type Stored } from './file-storage.ts';

/** `fs.createReadStream`: the whole file, or the bytes from `start` to `end` (both included). */
export function createReadStream(path: string, range: { start?: number; end?: number } = {}): Readable {
  const stored = locate(path);
  if (!stored) return fs.createReadStream(path, range);
  return Readable.from(readBytes(stored, range), { objectMode: false });
}

async function* readBytes(
  { bucket, key, path }: Stored,
  range: { start?: number; end?: number },
): AsyncGenerator<Uint8Array> {
  const object = await bucket.head(key);
  if (!object) throw missing('open', path);
  const offset = range.start ?? 0;
  const length = Math.min(range.end ?? object.size, object.size - 1) - offset + 1;
  if (length <= 0) return;
  const part = await bucket.get(key, { range: { offset, length } });
  if (!part) throw missing('open', path);
  for await (const chunk of part.body as unknown as AsyncIterable<Uint8Array>) yield chunk;
}

/** R2 takes parts of equal size, 5 MiB or more, and a last one of any size. */
const partSize = 8 * 1024 * 1024;

/** `fs.createWriteStream`: the file is there once the stream has finished. */
export function createWriteStream(path: string): Writable & { bytesWritten: number } {
  const stored = locate(path);
  return stored ? writeStream(stored) : fs.createWriteStream(path);
}

function writeStream({ bucket, key }: Stored): Writable & { bytesWritten: number } {
  let waiting: Uint8Array[] = [];
  let length = 0;
  let upload: Parts | undefined;
  const parts: object[] = [];
  const takePart = (): Uint8Array => {
    const bytes = Buffer.concat(waiting);
    const part = bytes.subarray(0, partSize);
    waiting = [bytes.subarray(partSize)];
    length = bytes.length - part.length;
    return part;
  };
  const write = async (chunk: Uint8Array): Promise<void> => {
    waiting.push(chunk);
    length += chunk.length;
    stream.bytesWritten += chunk.length;
    while (length >= partSize) {
      upload ??= await bucket.createMultipartUpload(key);
      parts.push(await upload.uploadPart(parts.length + 1, takePart()));
    }
  };
  const finish = async (): Promise<void> => {
    if (!upload) return void (await bucket.put(key, takePart()));
    if (length > 0) parts.push(await upload.uploadPart(parts.length + 1, takePart()));
    await upload.complete(parts);
    upload = undefined;
  };
  const stream = Object.assign(
    new Writable({
      write: (chunk: Uint8Array, _encoding, done) => void write(chunk).then(() => done(), done),
      final: (done) => void finish().then(() => done(), done),
      destroy: (error, done) => {
        if (!upload) return done(error);
        upload.abort().then(
          () => done(error),
          () => done(error),
        );
      },
    }),
    { bytesWritten: 0 },
  );
  return stream;
}
