/*
shape: a middleware that reads the whole body by itself, where no parser does
requests:
  - GET /
  - { POST: /, body: 'some text', headers: { Content-Type: text/plain } }
  - { POST: /, json: { a: 1 } }
  - { POST: /, body: '{bad', headers: { Content-Type: application/json } }
  - { PUT: /nothing, json: { b: 2 } }
*/
const { Writable } = require('node:stream');
const express = require('express');

const all = (done) => {
  const chunks = [];
  const into = new Writable({
    write(chunk, _encoding, next) {
      chunks.push(chunk);
      next();
    },
  });
  return into.on('finish', () => done(Buffer.concat(chunks)));
};

const app = express();
app.use((req, res, next) => {
  req.pipe(
    all((bytes) => {
      req.body = bytes.toString('utf8');
      next();
    }),
  );
});
app.all('/', (req, res) => {
  let json = null;
  if (req.is('application/json'))
    try {
      json = JSON.parse(req.body);
    } catch {
      json = 'bad';
    }
  res.json({ method: req.method, body: req.body, json });
});
app.use((req, res) => {
  res.status(404).send(`${req.body.length} bytes for nothing`);
});
app.listen(process.env.PORT);
