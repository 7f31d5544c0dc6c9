'use strict';

const fs = require('node:fs');
const { Hono } = require('hono');
const config = require('./config');
const { diskStorage, download, sendFile, upload } = require('./express-parity');

const app = new Hono();
const files = new Map();

const receive = upload({
  storage: diskStorage({
    destination: (c, file, cb) => cb(null, config.uploadDir),
  }),
});

app.post('/files', receive.single('file'), (c) => {
  files.set(files.size + 1, c.get('file'));
  return c.json({ id: files.size });
});

app.get('/files/:id', (c) => download(c, files.get(Number(c.req.param('id'))).path, 'file.bin'));
app.get('/files/:id/inline', (c) => sendFile(c, files.get(Number(c.req.param('id'))).path, { maxAge: 60 }));

// The file goes first: an entry without a file is worse than a file without an entry.
app.delete('/files/:id', (c) => {
  const id = Number(c.req.param('id'));
  return new Promise((resolve, reject) =>
    fs.unlink(files.get(id).path, (err) => {
      if (err) return reject(err);
      files.delete(id);
      resolve(c.body(null, 204));
    }),
  );
});

module.exports = app;
