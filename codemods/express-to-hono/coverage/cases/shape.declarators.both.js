/*
shape: several modules required in one declaration
packages: [body-parser]
requests: [GET /, { POST: /, json: { a: 1 } }]
*/
var path = require('path'),
  express = require('express'),
  bodyParser = require('body-parser'),
  app = express();

app.use(bodyParser.json());
app.get('/', function (req, res) {
  res.send(path.posix.join('a', 'b'));
});
app.post('/', function (req, res) {
  res.json(req.body);
});
app.listen(process.env.PORT);
