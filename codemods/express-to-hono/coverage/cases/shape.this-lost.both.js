/*
adversarial: this is undefined in a method that is not bound
requests: [GET /]
*/
const express = require('express');

const app = express();
class Controller {
  name = 'lost';

  show(req, res) {
    res.send(String(this === undefined));
  }
}
app.get('/', new Controller().show);
app.listen(process.env.PORT);
