const fs = require('node:fs');
const path = require('node:path');
const express = require('express');

const app = express();
const folder = path.join(__dirname, 'routes');
for (const file of fs.readdirSync(folder)) {
  app.use(`/${path.basename(file, '.js')}`, require(path.join(folder, file)));
}

module.exports = app;
