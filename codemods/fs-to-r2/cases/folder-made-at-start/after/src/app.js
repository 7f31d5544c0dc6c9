'use strict';

const { basename, join } = require('node:path');
const { Hono } = require('hono');
const { diskStorage, upload } = require('./express-parity');
const { uploadDir } = require('./config');
const fileStorage = require('./file-storage');

fileStorage.mkdirSync(uploadDir, { recursive: true });

const app = new Hono();
const receive = upload({ storage: diskStorage({ destination: uploadDir, files: fileStorage }) });

app.post('/files', receive.single('file'), (c) => c.json({ name: c.get('file').filename }));
app.get('/files/:name', (c) => c.body(fileStorage.createReadStream(join(uploadDir, basename(c.req.param('name'))))));

module.exports = app;
