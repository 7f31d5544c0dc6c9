/*
adversarial: an error handler that tells all that an error of a parser or a file has
requests:
  - { POST: /json, body: '{"a":', headers: { Content-Type: application/json } }
  - { POST: /json, body: '{"a":"0123456789"}', headers: { Content-Type: application/json } }
  - { POST: /json, body: '{}', headers: { Content-Type: "application/json; charset=odd" } }
  - { POST: /json, body: '{}', headers: { Content-Type: application/json, Content-Encoding: odd } }
  - GET /file/none.txt
  - GET /file/.hidden
*/
const express = require('express');

const app = express();
app.use(express.json({ limit: 12 }));
app.post('/json', (req, res) => {
  res.json(req.body);
});
app.get('/file/:name', (req, res) => {
  res.sendFile(req.params.name, { root: __dirname });
});
app.use((err, req, res, next) => {
  const { name, message, status, type, code, syscall, errno } = err;
  const said = code === 'ENOENT' || name === 'SyntaxError' ? 'of its own' : message;
  res.status(status).json({ name, message: said, status, type, code, syscall, errno, keys: 'name' in { ...err } });
});
app.listen(process.env.PORT);
