'use strict';

const { Hono } = require('hono');
const sharp = require('sharp');
const config = require('./config');
const { diskStorage, upload } = require('./express-parity');
const fileStorage = require('./file-storage');

const app = new Hono();
const receive = upload({ storage: diskStorage({ destination: config.uploadDir, files: fileStorage }) });

app.post('/images', receive.single('image'), async (c) => {
  const { width } = await sharp(c.get('file').path).metadata();
  return c.json({ width });
});

module.exports = app;
