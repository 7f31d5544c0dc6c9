/**
 * Keeps this application's stored files: on disk, or in a bucket once `useBucket` was called, as the Workers entry does.
 * The calls are those of `node:fs`. The file is yours: nothing will write to it again.
 */

import * as fs from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { settings } from './settings.js';

const folder = settings.avatars;

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

/** The object's key: the path below the folder. Null for paths outside the folder: those are on disk. */
function keyOf(path: unknown): string | null {
  if (typeof path !== 'string') return null;
  const key = relative(resolve(folder), resolve(path));
  return key === '..' || key.startsWith(`..${sep}`) || isAbsolute(key) ? null : key.split(sep).join('/');
}

/** Where the bucket keeps a path; null while there is no bucket, and for paths on disk. */
function locate(path: string): Stored | null {
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

type Encoding = BufferEncoding | { encoding?: BufferEncoding | null } | null;

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
