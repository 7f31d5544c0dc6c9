import * as fs from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

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

export interface Parts {
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

export interface Stored {
  bucket: Bucket;
  key: string;
  path: string;
}

let bucket: Bucket | null = null;

/** From now on the folder's files are kept in this R2 bucket, each under its path below the folder. */
export function useBucket(given: Bucket): void {
  bucket = given;
}

/** The object's key: the path below the folder. Null for paths outside the folder: those are on disk. */
function keyOf(path: unknown): string | null {
  if (typeof path !== 'string') return null;
  const key = relative(resolve(folder), resolve(path));
  return key === '..' || key.startsWith(`..${sep}`) || isAbsolute(key) ? null : key.split(sep).join('/');
}

/** Where the bucket keeps a path; null while there is no bucket, and for paths on disk. */
export function locate(path: string): Stored | null {
  const key = keyOf(path);
  return bucket === null || key === null ? null : { bucket, key, path };
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

export function missing(call: string, path: string): NodeJS.ErrnoException {
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

/** `fs.mkdirSync`: on Workers modules load before the bucket is known, and there is nothing to make in it. */
export function mkdirSync(path: string, options?: fs.MakeDirectoryOptions): void {
  const { navigator }: { navigator?: { userAgent: string }; process: object } = globalThis;
  const onWorkers = navigator?.userAgent === 'Cloudflare-Workers';
  if (keyOf(path) === null || !onWorkers) fs.mkdirSync(path, options);
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
