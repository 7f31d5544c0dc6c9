/*
shape: middleware that runs behind a bridge and hands the request and response on in an object
requests: [GET /, {GET: /, headers: {X-User: ada}}, GET /deny, POST /]
*/
const express = require('express');

const app = express();
const seen = [];
const deny = ({ res, status }) => {
  res.statusCode = status;
  res.json({ error: 'denied' });
};
const note = ({ req, name }) => {
  seen.push([req.method, req.path, name]);
};
app.use((req, res, next) => {
  note({ req, name: req.get('X-User') ?? 'nobody' });
  const close = () => seen.push(['closed']);
  res.on('close', close);
  if (req.path === '/deny') return deny({ res, status: 403 });
  res.removeListener('close', close);
  next();
});
app.get('/', (req, res) => {
  res.json(seen);
});
app.listen(process.env.PORT);
