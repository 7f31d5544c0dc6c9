'use strict';

const { randomUUID } = require('node:crypto');
const { mkdir, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { bodyLimit } = require('hono/body-limit');
const config = require('../config');
const { httpError } = require('../lib/errors');

const ACCEPTED = /^(image\/|text\/|application\/(pdf|json|octet-stream)$)/;
/** For what a form holds beside its file. */
const FIELDS_BYTES = 1024 * 1024;

const tooLarge = () => {
  throw httpError(413, 'file too large');
};

/** Takes the form into memory, within limits; {@link receivedFile} writes its file to the disk. */
const limitUpload = bodyLimit({ maxSize: config.maxUploadBytes + FIELDS_BYTES, onError: tooLarge });

/**
 * The file in one field of a multipart form, written to the upload folder, and the other fields.
 *
 * @returns `file` is null where the form has none
 */
async function receivedForm(c, field) {
  const { [field]: file = null, ...fields } = await c.req.parseBody();
  if (Object.values(fields).some((value) => value instanceof File))
    throw httpError(400, 'unexpected file field');
  return { file: file instanceof File ? await received(file) : null, fields };
}

async function received(file) {
  // A type has no parameters here: Bun and Deno add a charset to that of a text.
  const type = file.type.split(';')[0];
  if (!ACCEPTED.test(type)) throw httpError(415, `files of type ${type} are not accepted`);
  if (file.size > config.maxUploadBytes) tooLarge();
  const stored = path.join(config.uploadDir, `${randomUUID()}${path.extname(file.name).toLowerCase()}`);
  await mkdir(config.uploadDir, { recursive: true });
  await writeFile(stored, Buffer.from(await file.arrayBuffer()));
  // multer took names for Latin-1, and clients show what it made of them: `file.name` once they need not.
  const name = Buffer.from(file.name).toString('latin1');
  return { name, type, size: file.size, path: stored };
}

module.exports = { limitUpload, receivedForm };
