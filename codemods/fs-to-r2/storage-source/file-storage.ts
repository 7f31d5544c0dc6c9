import * as fs from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { Readable, Writable } from 'node:stream';

const folder = 'uploads';

/** The part of a Workers R2 bucket used here. */
export interface Bucket {
  head(key: string): Promise<{ size: number; uploaded: Date } | null>;
  get(
    key: string,
    options?: { range: { offset: number; length: number } },
  ): Promise<{ body: ReadableStream<Uint8Array>; arrayBuffer(): Promise<ArrayBuffer> } | null>;
  put(key: string, body: Uint8Array | string): Promise<unknown>;
  delete(key: string): Promise<void>;
  list(options: { prefix: string; delimiter?: string; limit?: number; cursor?: string }): Promise<{
    objects: { key: string }[];
    delimitedPrefixes: string[];
    truncated: boolean;
    cursor?: string;
  }>;
  createMultipartUpload(key: string): Promise<Parts>;
}

interface Parts {
  uploadPart(number: number, body: Uint8Array): Promise<object>;
  complete(parts: object[]): Promise<unknown>;
  abort(): Promise<void>;
}

/** What is known of a stored file; `fs.Stats` has it too. */
export interface FileStats {
  ino: number;
  size: number;
  mtime: Date;
  ctime: Date;
  birthtime: Date;
  mtimeMs: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

type Callback<Result> = (error: NodeJS.ErrnoException | null, result: Result) => void;

interface Stored {
  bucket: Bucket;
  key: string;
  path: string;
}

let bucket: Bucket | null = null;

/** From now on the folder's files are kept in this R2 bucket, each under its path below the folder. */
export function useBucket(given: Bucket): void {
  bucket = given;
}

/** Where the bucket keeps a path; null while there is none, and for paths outside the folder: those are on disk. */
function locate(path: unknown): Stored | null {
  if (bucket === null || typeof path !== 'string') return null;
  const key = relative(resolve(folder), resolve(path));
  if (key === '..' || key.startsWith(`..${sep}`) || isAbsolute(key)) return null;
  return { bucket, key: key.split(sep).join('/'), path };
}

/** With a callback it is called, as `fs` does; without one the promise is returned, as `fs/promises` does. */
function settle<Result>(work: Promise<Result>, callback?: Callback<Result>): Promise<Result> | undefined {
  if (!callback) return work;
  work.then(
    (result) => process.nextTick(callback, null, result),
    (error) => process.nextTick(callback, error),
  );
  return undefined;
}

function missing(call: string, path: string): NodeJS.ErrnoException {
  const error = new Error(`ENOENT: no such file or directory, ${call} '${path}'`);
  return Object.assign(error, { errno: -2, code: 'ENOENT', syscall: call, path });
}

/** `fs.stat`: an object was modified when it was put into the bucket. */
export function stat(path: string): Promise<FileStats>;
export function stat(path: string, callback: Callback<FileStats>): void;
export function stat(path: string, callback?: Callback<FileStats>) {
  const stored = locate(path);
  return settle<FileStats>(stored ? statObject(stored) : fs.promises.stat(path), callback);
}

async function statObject(stored: Stored): Promise<FileStats> {
  const object = stored.key === '' ? null : await stored.bucket.head(stored.key);
  if (!object) await requireFolder(stored);
  const { size, uploaded } = object ?? { size: 0, uploaded: new Date(0) };
  return {
    ...{ ino: 0, size, mtime: uploaded, ctime: uploaded, birthtime: uploaded },
    mtimeMs: uploaded.getTime(),
    isFile: () => object !== null,
    isDirectory: () => object === null,
  };
}

/** A bucket has no folders: one is there when a key begins with it. */
async function requireFolder({ bucket, key, path }: Stored): Promise<void> {
  if (key === '') return;
  const { objects } = await bucket.list({ prefix: `${key}/`, limit: 1 });
  if (objects.length === 0) throw missing('stat', path);
}

/** `fs.access`: whether the file is there. */
export function access(path: string, mode?: number): Promise<void>;
export function access(path: string, callback: Callback<void>): void;
export function access(path: string, mode: number | undefined, callback: Callback<void>): void;
export function access(path: string, mode?: number | Callback<void>, callback?: Callback<void>) {
  const stored = locate(path);
  const done = typeof mode === 'function' ? mode : callback;
  const asked = typeof mode === 'function' ? undefined : mode;
  return settle(stored ? accessObject(stored) : fs.promises.access(path, asked), done);
}

async function accessObject(stored: Stored): Promise<void> {
  await statObject(stored).catch(() => {
    throw missing('access', stored.path);
  });
}

/** `fs.mkdir`: nothing to make in a bucket. */
export function mkdir(path: string, options?: fs.MakeDirectoryOptions): Promise<string | undefined>;
export function mkdir(path: string, callback: Callback<string | undefined>): void;
export function mkdir(
  path: string,
  options: fs.MakeDirectoryOptions | undefined,
  callback: Callback<string | undefined>,
): void;
export function mkdir(
  path: string,
  options?: fs.MakeDirectoryOptions | Callback<string | undefined>,
  callback?: Callback<string | undefined>,
) {
  const done = typeof options === 'function' ? options : callback;
  const how = typeof options === 'function' ? undefined : options;
  return settle(locate(path) ? Promise.resolve(undefined) : fs.promises.mkdir(path, how), done);
}

/** `fs.unlink`: a file that is not there is an error in a bucket, too. */
export function unlink(path: string): Promise<void>;
export function unlink(path: string, callback: Callback<void>): void;
export function unlink(path: string, callback?: Callback<void>) {
  const stored = locate(path);
  return settle(stored ? removeObject(stored) : fs.promises.unlink(path), callback);
}

async function removeObject({ bucket, key, path }: Stored): Promise<void> {
  if (!(await bucket.head(key))) throw missing('unlink', path);
  await bucket.delete(key);
}

/** `fs.rename`: copied, then removed; a bucket has no move. */
export function rename(from: string, to: string): Promise<void>;
export function rename(from: string, to: string, callback: Callback<void>): void;
export function rename(from: string, to: string, callback?: Callback<void>) {
  const stored = locate(from);
  const target = locate(to);
  return settle(stored || target ? moveFile(from, to) : fs.promises.rename(from, to), callback);
}

async function moveFile(from: string, to: string): Promise<void> {
  await writeFile(to, await readFile(from));
  await unlink(from);
}

type Encoding = BufferEncoding | { encoding?: BufferEncoding | null } | null;

/** `fs.readFile`: bytes, or text when an encoding is given. */
export function readFile(path: string): Promise<Buffer>;
export function readFile(
  path: string,
  options: BufferEncoding | { encoding: BufferEncoding },
): Promise<string>;
export function readFile(path: string, callback: Callback<Buffer>): void;
export function readFile(path: string, options: BufferEncoding, callback: Callback<string>): void;
export function readFile(path: string, options: Encoding, callback: Callback<Buffer | string>): void;
export function readFile(path: string, options?: Encoding | Callback<Buffer>, callback?: unknown) {
  const stored = locate(path);
  const done = typeof options === 'function' ? options : callback;
  const how = typeof options === 'function' ? undefined : options;
  const work = stored ? readObject(stored, how) : fs.promises.readFile(path, how);
  return settle<Buffer | string>(work, done as Callback<Buffer | string> | undefined);
}

async function readObject({ bucket, key, path }: Stored, how?: Encoding): Promise<Buffer | string> {
  const object = await bucket.get(key);
  if (!object) throw missing('open', path);
  const bytes = Buffer.from(await object.arrayBuffer());
  const encoding = typeof how === 'string' ? how : how?.encoding;
  return encoding ? bytes.toString(encoding) : bytes;
}

/** `fs.writeFile`: makes the file or replaces it. */
export function writeFile(path: string, data: string | Uint8Array, options?: Encoding): Promise<void>;
export function writeFile(path: string, data: string | Uint8Array, callback: Callback<void>): void;
export function writeFile(
  path: string,
  data: string | Uint8Array,
  options: Encoding | undefined,
  callback: Callback<void>,
): void;
export function writeFile(
  path: string,
  data: string | Uint8Array,
  options?: Encoding | Callback<void>,
  callback?: Callback<void>,
) {
  const stored = locate(path);
  const done = typeof options === 'function' ? options : callback;
  const how = typeof options === 'function' ? undefined : options;
  return settle(stored ? writeObject(stored, data, how) : fs.promises.writeFile(path, data, how), done);
}

async function writeObject(
  { bucket, key }: Stored,
  data: string | Uint8Array,
  how?: Encoding,
): Promise<void> {
  const encoding = typeof how === 'string' ? how : how?.encoding;
  await bucket.put(key, typeof data === 'string' ? Buffer.from(data, encoding ?? 'utf8') : data);
}

/** `fs.readdir`: the names directly below a folder, sorted. */
export function readdir(path: string): Promise<string[]>;
export function readdir(path: string, callback: Callback<string[]>): void;
export function readdir(path: string, callback?: Callback<string[]>) {
  const stored = locate(path);
  return settle(stored ? listObjects(stored) : fs.promises.readdir(path), callback);
}

async function listObjects({ bucket, key }: Stored): Promise<string[]> {
  const prefix = key === '' ? '' : `${key}/`;
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await bucket.list({ prefix, delimiter: '/', cursor });
    names.push(...page.objects.map((object) => object.key.slice(prefix.length)));
    names.push(...page.delimitedPrefixes.map((below) => below.slice(prefix.length, -1)));
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor);
  return names.sort();
}

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
