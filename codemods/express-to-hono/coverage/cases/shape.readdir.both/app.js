/*
shape: controllers loaded by readdir and require
requests: [GET /a, GET /b]
*/
const express = require('express');

const app = express();
const fs = require('node:fs');
const path = require('node:path');
const folder = path.join(__dirname, 'routes');
for (const file of fs.readdirSync(folder)) {
  app.use('/' + path.basename(file, '.js'), require(path.join(folder, file)));
}
app.listen(process.env.PORT);
