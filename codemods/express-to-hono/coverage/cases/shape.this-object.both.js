/*
shape: this of an object literal
requests: [GET /]
*/
const express = require('express');

const app = express();
const controller = {
  name: 'object',
  show(req, res) {
    res.send(this.name);
  },
};
app.get('/', controller.show.bind(controller));
app.listen(process.env.PORT);
