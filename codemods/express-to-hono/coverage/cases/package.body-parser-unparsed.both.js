/*
package: body-parser
variant: nothing to parse
packages: [body-parser]
requests: [GET /, { POST: /, json: { a: 1 } }, { POST: /, body: 'a[b]=1', type: application/x-www-form-urlencoded }, { POST: /, body: x, type: text/plain }]
*/
const express = require('express');
const bodyParser = require('body-parser');

const app = express();
app.use(bodyParser.json());
app.use(bodyParser.urlencoded({ extended: true }));
app.all('/', (req, res) => {
  res.json({ body: req.body, type: typeof req.body });
});
app.listen(process.env.PORT);
