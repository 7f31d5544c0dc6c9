'use strict';

const { createReadStream, mkdirSync } = require('node:fs');
const { basename, join } = require('node:path');
const { Hono } = require('hono');
const { diskStorage, upload } = require('./express-parity');
const { uploadDir } = require('./config');

mkdirSync(uploadDir, { recursive: true });

const app = new Hono();
const receive = upload({ storage: diskStorage({ destination: uploadDir }) });

app.post('/files', receive.single('file'), (c) => c.json({ name: c.get('file').filename }));
app.get('/files/:name', (c) => c.body(createReadStream(join(uploadDir, basename(c.req.param('name'))))));

module.exports = app;
