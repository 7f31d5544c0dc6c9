const { Readable } = require('node:stream');
const express = require('express');

const app = express();

app.get('/lines', (req, res) => {
  res.type('text/plain');
  Readable.from(['a\n', 'b\n']).pipe(res);
});

const server = app.listen(process.env.PORT, () => console.log('listening on', server.address().port));

process.on('SIGTERM', () => server.close());
