/*
package: morgan
packages: [morgan]
requests: [GET /, GET /none]
*/
const express = require('express');

const app = express();
const morgan = require('morgan');
const lines = [];
app.use(morgan(':method :url :status', { stream: { write: (line) => lines.push(line.trim()) } }));
app.get('/', (req, res) => {
  res.json(lines);
});
app.listen(process.env.PORT);
