/*
shape: bound methods
requests: [GET /]
*/
const express = require('express');

const app = express();
class Controller {
  constructor() {
    this.name = 'bound';
  }

  show(req, res) {
    res.send(this.name);
  }
}
const controller = new Controller();
app.get('/', controller.show.bind(controller));
app.listen(process.env.PORT);
