/*
package: body-parser
packages: [body-parser]
requests: [{ POST: /, json: { a: 1 } }, { POST: /, body: 'a=1', type: application/x-www-form-urlencoded }]
*/
const express = require('express');

const app = express();
const bodyParser = require('body-parser');
app.use(bodyParser.json());
app.use(bodyParser.urlencoded({ extended: false }));
app.post('/', (req, res) => {
  res.json(req.body);
});
app.listen(process.env.PORT);
