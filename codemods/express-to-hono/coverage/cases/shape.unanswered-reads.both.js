/*
shape: handlers that read the request and answer nothing, beside ones that do
requests:
  - GET /users/1
  - { POST: /users, json: { name: ann }, timeout: 150 }
  - GET /count
*/
const express = require('express');

const app = express();
app.use(express.json());

let created = 0;
const service = { create: async ({ name }) => (created += name.length) };

class Controller {
  create = async (req, res) => {
    await service.create(req.body);
  };

  find = async (req, res) => {
    res.json({ id: req.params.id });
  };

  count = (req, res) => {
    const { later } = req.query;
    if (later) return res.json({ later });
    created += 1;
    res.json({ created });
  };
}

const controller = new Controller();
const asyncHandler = (fn) => (req, res, next) => {
  fn(req, res, next).catch(next);
};

app.post('/users', asyncHandler(controller.create));
app.get('/users/:id', asyncHandler(controller.find));
app.get('/count', controller.count);
app.listen(process.env.PORT);
