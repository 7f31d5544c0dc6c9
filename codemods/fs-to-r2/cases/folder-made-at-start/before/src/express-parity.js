'use strict';

/**
 * Keeps what clients saw of this application when it ran on Express 4, byte for byte.
 */

const multer = require('multer');

function upload(options) {
  return multer(options);
}

function diskStorage({ destination, filename, files }) {
  return files ? { destination, filename, files } : multer.diskStorage({ destination, filename });
}

function sendFile(c, path, { files } = {}) {
  return c.body(files ? files.createReadStream(path) : path);
}

function download(c, path, name, options) {
  return sendFile(c, path, options);
}

module.exports = { upload, diskStorage, sendFile, download };
