'use strict';

/**
 * Keeps this application's stored files: on disk, or in a bucket once `useBucket` was called, as the Workers entry does.
 * The calls are those of `node:fs`. The file is yours: nothing will write to it again.
 */

const fs = require('node:fs');
const { isAbsolute, join, relative, resolve, sep } = require('node:path');

const folder = join(__dirname, 'uploads');

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

/** `fs.writeFile`: makes the file or replaces it. */
function writeFile(path, data, options, callback) {
  const stored = locate(path);
  const done = typeof options === 'function' ? options : callback;
  const how = typeof options === 'function' ? undefined : options;
  return settle(stored ? writeObject(stored, data, how) : fs.promises.writeFile(path, data, how), done);
}

async function writeObject({ bucket, key }, data, how) {
  const encoding = typeof how === 'string' ? how : how?.encoding;
  await bucket.put(key, typeof data === 'string' ? Buffer.from(data, encoding ?? 'utf8') : data);
}

module.exports = {
  useBucket,
  writeFile,
};
