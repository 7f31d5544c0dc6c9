import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline, type Writable } from 'node:stream';
import type { Context, MiddlewareHandler } from 'hono';
import multer from 'multer';
import { requestHead } from './request-head.ts';
import { requestStream } from './request-stream.ts';

export interface UploadOptions extends Omit<multer.Options, 'fileFilter' | 'storage'> {
  storage?: multer.StorageEngine;
  // It is given the context, and may be typed as one that is given a request, which it does not read.
  fileFilter?: (c: never, file: Express.Multer.File, callback: multer.FileFilterCallback) => void;
}

interface Upload {
  single(field: string): MiddlewareHandler;
  array(field: string, maxCount?: number): MiddlewareHandler;
  fields(fields: readonly multer.Field[]): MiddlewareHandler;
  none(): MiddlewareHandler;
  any(): MiddlewareHandler;
}

interface UploadRequest extends IncomingMessage {
  body?: unknown;
  file?: unknown;
  files?: unknown;
}

/** multer's errors: `code` names the limit that was broken, `field` the form field. */
export const UploadError = multer.MulterError;

/** Keeps uploaded files in memory, as `buffer`. */
export const memoryStorage = multer.memoryStorage;

const uploadContexts = new WeakMap<object, Context>();

/** multer on a Hono route: `c.get('file')` or `c.get('files')`, and the text fields in `c.get('body')`. */
export function upload(options: UploadOptions = {}): Upload {
  const { fileFilter, ...rest } = options;
  const parser = multer(
    fileFilter
      ? { ...rest, fileFilter: (req, file, callback) => fileFilter(contextOf(req) as never, file, callback) }
      : rest,
  );
  return {
    single: (field) => receive(parser.single(field)),
    array: (field, maxCount) => receive(parser.array(field, maxCount)),
    fields: (fields) => receive(parser.fields(fields)),
    none: () => receive(parser.none()),
    any: () => receive(parser.any()),
  };
}

/** Writes uploaded files to disk; both functions are given the Hono context. */
export function diskStorage(how: {
  destination?: string | ((c: Context, file: Express.Multer.File, callback: DiskCallback) => void);
  filename?: (c: Context, file: Express.Multer.File, callback: DiskCallback) => void;
  /** Where files are written when it is not the disk: `mkdir`, `createWriteStream` and `unlink` of `node:fs`. */
  files?: UploadFiles;
}): multer.StorageEngine {
  const { destination, filename, files } = how;
  if (files) return fileStorage(files, destination, filename);
  const options: multer.DiskStorageOptions = {};
  if (typeof destination === 'function')
    options.destination = (req, file, callback) => destination(contextOf(req), file, callback);
  else if (destination !== undefined) options.destination = destination;
  if (filename) options.filename = (req, file, callback) => filename(contextOf(req), file, callback);
  return multer.diskStorage(options);
}

type DiskCallback = (error: Error | null, value: string) => void;
type DiskChoice = (c: Context, file: Express.Multer.File, callback: DiskCallback) => void;

interface UploadFiles {
  mkdir(path: string, options: { recursive: true }, callback: (error: Error | null) => void): void;
  createWriteStream(path: string): Writable & { bytesWritten: number };
  unlink(path: string, callback: (error: Error | null) => void): void;
}

/** multer's disk storage over other files than those on disk. */
function fileStorage(
  files: UploadFiles,
  destination: string | DiskChoice = tmpdir(),
  filename: DiskChoice = (_c, _file, callback) => callback(null, randomBytes(16).toString('hex')),
): multer.StorageEngine {
  return {
    _handleFile(request, file, callback) {
      const write = (folder: string, name: string) => {
        const path = join(folder, name);
        const stored = files.createWriteStream(path);
        file.path = path;
        pipeline(file.stream, stored, (error) =>
          error
            ? callback(error)
            : callback(null, { destination: folder, filename: name, path, size: stored.bytesWritten }),
        );
      };
      const nameIn = (folder: string) =>
        filename(contextOf(request), file, (error, name) => (error ? callback(error) : write(folder, name)));
      if (typeof destination === 'string') {
        files.mkdir(destination, { recursive: true }, (error) =>
          error ? callback(error) : nameIn(destination),
        );
      } else {
        destination(contextOf(request), file, (error, folder) => (error ? callback(error) : nameIn(folder)));
      }
    },
    _removeFile(_request, file, callback) {
      const { path } = file;
      Object.assign(file, { destination: undefined, filename: undefined, path: undefined });
      files.unlink(path, callback);
    },
  };
}

function receive(parse: ReturnType<multer.Multer['none']>): MiddlewareHandler {
  return async function receiveUpload(c, next) {
    const request = Object.assign(requestStream(c), requestHead(c)) as UploadRequest;
    uploadContexts.set(request, c);
    await new Promise<void>((resolve, reject) => {
      parse(request as never, {} as never, (error?: unknown) => (error ? reject(error) : resolve()));
    });
    if (request.body !== undefined) c.set('body', request.body);
    if (request.file !== undefined) c.set('file', request.file);
    if (request.files !== undefined) c.set('files', request.files);
    await next();
  };
}

function contextOf(request: object): Context {
  const context = uploadContexts.get(request);
  if (!context) throw new Error('the upload was not received through Hono');
  return context;
}
