/*
shape: class methods
requests: [GET /a, GET /b, GET /c]
*/
const express = require('express');

const app = express();
class Controller {
  constructor(name) {
    this.name = name;
    this.b = this.b.bind(this);
  }

  a = (req, res) => {
    res.send('a ' + this.name);
  };

  b(req, res) {
    res.send('b ' + this.name);
  }

  static c(req, res) {
    res.send('c');
  }
}
const controller = new Controller('ctrl');
app.get('/a', controller.a);
app.get('/b', controller.b);
app.get('/c', Controller.c);
app.listen(process.env.PORT);
