/*
package: body-parser
variant: beside a parser of Express
packages: [body-parser]
requests: [GET /, { POST: /, json: { a: 1 } }]
*/
const express = require('express');
const bodyParser = require('body-parser');

const app = express();
app.use(bodyParser.json());
app.use(express.text());
app.all('/', (req, res) => {
  res.json({ body: req.body, type: typeof req.body });
});
app.listen(process.env.PORT);
