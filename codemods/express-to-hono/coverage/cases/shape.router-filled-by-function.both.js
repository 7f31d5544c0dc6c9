/*
shape: a router that functions fill once it is mounted, and one that is mounted in it
requests: [GET /api/notes, GET /api/users/1, POST /api/notes, GET /api/none, GET /api/users/none/none, GET /other]
*/
const express = require('express');

const app = express();
const api = express.Router();
const users = express.Router();
app.use(express.json());
app.use('/api', api);

function notes(router) {
  router.get('/notes', (req, res) => {
    res.json([{ id: 1 }]);
  });
  router.post('/notes', (req, res) => {
    res.status(201).json({ id: 2 });
  });
}
const people = (router) => {
  router.get('/:id', (req, res) => {
    res.json({ id: req.params.id });
  });
};

people(users);
api.use('/users', users);
notes(api);
app.get('/other', (req, res) => {
  res.send('other');
});
app.listen(process.env.PORT);
