'use strict';

/**
 * Keeps this application's stored files: on disk, or in a bucket once `useBucket` was called, as the Workers entry does.
 * The calls are those of `node:fs`. The file is yours: nothing will write to it again.
 */

const fs = require('node:fs');
const { isAbsolute, join, relative, resolve, sep } = require('node:path');
const { Readable, Writable } = require('node:stream');
const { uploadDir } = require('./config');

const folder = uploadDir;

let bucket = null;

/** From now on the folder's files are kept in this R2 bucket, each under its path below the folder. */
function useBucket(given) {
  bucket = given;
}

/** The object's key: the path below the folder. Null for paths outside the folder: those are on disk. */
function keyOf(path) {
  if (typeof path !== 'string') return null;
  const key = relative(resolve(folder), resolve(path));
  return key === '..' || key.startsWith(`..${sep}`) || isAbsolute(key) ? null : key.split(sep).join('/');
}

/** Where the bucket keeps a path; null while there is no bucket, and for paths on disk. */
function locate(path) {
  const key = keyOf(path);
  return bucket === null || key === null ? null : { bucket, key, path };
}

/** With a callback it is called, as `fs` does; without one the promise is returned, as `fs/promises` does. */
function settle(work, callback) {
  if (!callback) return work;
  work.then(
    (result) => process.nextTick(callback, null, result),
    (error) => process.nextTick(callback, error),
  );
  return undefined;
}

function missing(call, path) {
  const error = new Error(`ENOENT: no such file or directory, ${call} '${path}'`);
  return Object.assign(error, { errno: -2, code: 'ENOENT', syscall: call, path });
}

/** `fs.mkdir`: nothing to make in a bucket. */
function mkdir(path, options, callback) {
  const done = typeof options === 'function' ? options : callback;
  const how = typeof options === 'function' ? undefined : options;
  return settle(locate(path) ? Promise.resolve(undefined) : fs.promises.mkdir(path, how), done);
}

/** `fs.mkdirSync`: on Workers modules load before the bucket is known, and there is nothing to make in it. */
function mkdirSync(path, options) {
  const { navigator } = globalThis;
  const onWorkers = navigator?.userAgent === 'Cloudflare-Workers';
  if (keyOf(path) === null || !onWorkers) fs.mkdirSync(path, options);
}

/** `fs.unlink`: a file that is not there is an error in a bucket, too. */
function unlink(path, callback) {
  const stored = locate(path);
  return settle(stored ? removeObject(stored) : fs.promises.unlink(path), callback);
}

async function removeObject({ bucket, key, path }) {
  if (!(await bucket.head(key))) throw missing('unlink', path);
  await bucket.delete(key);
}

/** `fs.createReadStream`: the whole file, or the bytes from `start` to `end` (both included). */
function createReadStream(path, range = {}) {
  const stored = locate(path);
  if (!stored) return fs.createReadStream(path, range);
  return Readable.from(readBytes(stored, range), { objectMode: false });
}

async function* readBytes({ bucket, key, path }, range) {
  const object = await bucket.head(key);
  if (!object) throw missing('open', path);
  const offset = range.start ?? 0;
  const length = Math.min(range.end ?? object.size, object.size - 1) - offset + 1;
  if (length <= 0) return;
  const part = await bucket.get(key, { range: { offset, length } });
  if (!part) throw missing('open', path);
  for await (const chunk of part.body) yield chunk;
}

/** R2 takes parts of equal size, 5 MiB or more, and a last one of any size. */
const partSize = 8 * 1024 * 1024;

/** `fs.createWriteStream`: the file is there once the stream has finished. */
function createWriteStream(path) {
  const stored = locate(path);
  return stored ? writeStream(stored) : fs.createWriteStream(path);
}

function writeStream({ bucket, key }) {
  let waiting = [];
  let length = 0;
  let upload;
  const parts = [];
  const takePart = () => {
    const bytes = Buffer.concat(waiting);
    const part = bytes.subarray(0, partSize);
    waiting = [bytes.subarray(partSize)];
    length = bytes.length - part.length;
    return part;
  };
  const write = async (chunk) => {
    waiting.push(chunk);
    length += chunk.length;
    stream.bytesWritten += chunk.length;
    while (length >= partSize) {
      upload ??= await bucket.createMultipartUpload(key);
      parts.push(await upload.uploadPart(parts.length + 1, takePart()));
    }
  };
  const finish = async () => {
    if (!upload) return void (await bucket.put(key, takePart()));
    if (length > 0) parts.push(await upload.uploadPart(parts.length + 1, takePart()));
    await upload.complete(parts);
    upload = undefined;
  };
  const stream = Object.assign(
    new Writable({
      write: (chunk, _encoding, done) => void write(chunk).then(() => done(), done),
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

module.exports = {
  useBucket,
  mkdir,
  mkdirSync,
  unlink,
  createReadStream,
  createWriteStream,
};
