/*
package: helmet
variant: on files, streams and pages, with cors
packages: [helmet, cors]
requests:
  - { GET: /public/a.txt, headers: { Origin: http://a } }
  - { GET: /public/a.txt, headers: { Range: bytes=0-1 } }
  - GET /public/none.txt
  - { GET: /file, headers: { Origin: http://b } }
  - GET /download
  - GET /piped
  - GET /chunks
  - GET /bytes
  - GET /ended
  - GET /moved
  - GET /nothing
  - GET /typed
  - { OPTIONS: /public/a.txt, headers: { Origin: http://a, Access-Control-Request-Method: PUT } }
  - HEAD /file
  - GET /fails
*/
const fs = require('node:fs');
const path = require('node:path');
const express = require('express');
const helmet = require('helmet');
const cors = require('cors');

const app = express();
const allowed = cors({ origin: ['http://a'], credentials: true });
const file = path.join(__dirname, 'public', 'a.txt');
app.use(helmet(), allowed);
app.options('/own', allowed);
app.use('/public', express.static(path.join(__dirname, 'public')));
app.get('/file', (req, res) => res.sendFile(file));
app.get('/download', (req, res) => res.download(file));
app.get('/piped', (req, res) => {
  res.type('text/plain');
  fs.createReadStream(file).pipe(res);
});
app.get('/chunks', (req, res) => {
  res.type('text/plain');
  res.write('one');
  res.end('two');
});
app.get('/bytes', (req, res) => res.send(Buffer.from('bytes')));
app.get('/ended', (req, res) => res.status(202).end());
app.get('/moved', (req, res) => res.redirect(301, '/file'));
app.get('/nothing', (req, res) => res.sendStatus(204));
app.get('/typed', (req, res) => res.type('xml').send('<x/>'));
app.get('/fails', () => {
  throw new Error('no');
});
app.use((err, req, res, next) => res.status(500).json({ error: err.message }));
app.listen(process.env.PORT);
