/*
adversarial: a package nobody compared
variant: it changes the response
requests:
  - GET /json
  - GET /text
  - GET /sent
  - GET /status
  - GET /cookie
  - GET /redirect
  - GET /written
  - GET /error
  - GET /missing
  - GET /before
*/
const express = require('express');
const wraps = require('wraps-responses');

const app = express();
app.get('/before', (req, res) => {
  res.json({ before: true });
});
app.use(wraps());
app.get('/json', (req, res) => {
  res.json({ a: 1 });
});
app.get('/text', (req, res) => {
  res.send('text');
});
app.get('/sent', (req, res) => {
  res.sendStatus(201);
});
app.get('/status', (req, res) => {
  res.status(200).end();
});
app.get('/cookie', (req, res) => {
  res.cookie('a', 'b').set('X-A', 'a').end('x');
});
app.get('/redirect', (req, res) => {
  res.redirect('/elsewhere');
});
app.get('/written', (req, res) => {
  res.write('abc');
  res.end();
});
app.get('/error', (req, res) => {
  throw new Error('broken');
});
app.use((req, res) => {
  res.status(404).json({ error: 'nothing here' });
});
app.use((err, req, res, next) => {
  res.status(500).json({ error: err.message });
});
app.listen(process.env.PORT);
