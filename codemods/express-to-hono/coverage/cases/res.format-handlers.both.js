/*
member: res.format
variant: with a status, other headers, async and no default
requests: [{ GET: /, headers: { Accept: text/html } }, { GET: /, headers: { Accept: application/json } }, { GET: /, headers: { Accept: text/csv } }, { GET: /async, headers: { Accept: application/json } }, GET /async, { GET: /error, headers: { Accept: text/html } }]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.status(202);
  res.format({
    'text/html; charset=utf-8': function () {
      res.set('X-Form', 'html');
      res.send('<p>hey</p>');
    },
    'application/json'() {
      if (req.query.none) return res.sendStatus(404);
      res.json({ message: 'hey' });
    },
  });
});
app.get('/async', async (req, res) => {
  const data = await Promise.resolve([1]);
  return res.format({
    json: () => res.json(data),
    text: () => res.send('1'),
  });
});
app.get('/error', (req, res, next) => {
  res.format({
    html: () => next(new Error('x')),
    default: () => res.send('default'),
  });
});
app.listen(process.env.PORT);
