/*
package: xss-clean
packages: [xss-clean]
requests:
  - GET /?a=%3Cb%3E&b=2
  - GET /?b=2
  - { POST: /, body: '{"a":"<script>1</script>","b":[1,"<i>"]}', type: application/json }
  - { POST: /, body: '{"a":', type: application/json }
*/
const express = require('express');
const clean = require('xss-clean');

const app = express();
app.use(express.json());
app.use(clean());
app.get('/', (req, res) => {
  res.json(req.query);
});
app.post('/', (req, res) => {
  res.json([req.body, typeof req.body.a]);
});
app.listen(process.env.PORT);
