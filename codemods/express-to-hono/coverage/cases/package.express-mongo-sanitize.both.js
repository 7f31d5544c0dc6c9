/*
package: express-mongo-sanitize
packages: [express-mongo-sanitize]
requests:
  - GET /?a[$gt]=1&b=2
  - { GET: /, headers: { x.a: a, x-b: b } }
  - { POST: /, body: '{"a":{"$gt":1,"b.c":2},"d":3}', type: application/json }
  - GET /replaced?a[$gt]=1&$b=2
  - GET /item/$1?$a=1
*/
const express = require('express');
const sanitize = require('express-mongo-sanitize');

const app = express();
app.use(express.json());
app.use('/replaced', sanitize({ replaceWith: '_' }));
app.get('/replaced', (req, res) => {
  res.json(req.query);
});
app.use(sanitize());
app.get('/', (req, res) => {
  res.json([req.query, req.get('x.a'), req.get('x-b')]);
});
app.get('/item/:id', (req, res) => {
  res.json([req.params.id, req.query]);
});
app.post('/', (req, res) => {
  res.json(req.body);
});
app.listen(process.env.PORT);
