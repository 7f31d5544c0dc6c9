'use strict';

const { Hono } = require('hono');
const config = require('./config');
const { diskStorage, download, sendFile, upload } = require('./express-parity');
const fileStorage = require('./file-storage');

const app = new Hono();
const files = new Map();

const receive = upload({
  storage: diskStorage({
    destination: (c, file, cb) => cb(null, config.uploadDir),
    files: fileStorage,
  }),
});

app.post('/files', receive.single('file'), (c) => {
  files.set(files.size + 1, c.get('file'));
  return c.json({ id: files.size });
});

app.get('/files/:id', (c) => download(c, files.get(Number(c.req.param('id'))).path, 'file.bin', { files: fileStorage }));
app.get('/files/:id/inline', (c) => sendFile(c, files.get(Number(c.req.param('id'))).path, { maxAge: 60, files: fileStorage }));

// The file goes first: an entry without a file is worse than a file without an entry.
app.delete('/files/:id', (c) => {
  const id = Number(c.req.param('id'));
  return new Promise((resolve, reject) =>
    fileStorage.unlink(files.get(id).path, (err) => {
      if (err) return reject(err);
      files.delete(id);
      resolve(c.body(null, 204));
    }),
  );
});

module.exports = app;
