'use strict';

const { unlink } = require('node:fs/promises');
const contentDisposition = require('content-disposition');
const uploads = require('../store/uploads');
const { sendFile } = require('../http/files');
const { receivedForm } = require('../http/upload');
const { httpError } = require('../lib/errors');
const { ok, created } = require('../lib/respond');

function view({ id, name, type, size, caption, owner, uploadedAt }) {
  return { id, name, type, size, caption, owner, uploadedAt, href: `/uploads/${id}/file` };
}

exports.create = async (c) => {
  const { file, fields } = await receivedForm(c, 'file');
  if (!file) throw httpError(400, 'send one file in the field "file"');
  const upload = await uploads.add({ ...file, caption: fields.caption || '', owner: c.get('user').name });
  return created(c, `/uploads/${upload.id}`, view(upload));
};

exports.list = async (c) => {
  const all = await uploads.list();
  return ok(c, all.map(view));
};

exports.show = (c) => ok(c, view(c.get('upload')));

exports.download = (c) => {
  const { path, name } = c.get('upload');
  c.header('Content-Disposition', contentDisposition(name));
  return sendFile(c, path);
};

exports.inline = (c) => {
  const { path, type } = c.get('upload');
  // The type is the uploader's word: a sandbox keeps an uploaded page from running as ours.
  c.header('Content-Security-Policy', 'sandbox');
  return sendFile(c, path, { type });
};

exports.remove = async (c) => {
  const { id, path } = c.get('upload');
  try {
    await unlink(path);
  } catch (err) {
    if (err.code !== 'ENOENT') throw err;
  }
  await uploads.remove(id);
  return c.body(null, 204);
};
