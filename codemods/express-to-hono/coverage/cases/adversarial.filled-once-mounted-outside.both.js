/*
shape: a router that is filled once the router that it is mounted in is mounted as well, past other routes
requests: [GET /api/users/1, GET /api/users/none/none, GET /api/users/2]
*/
const express = require('express');

const app = express();
const api = express.Router();
const users = express.Router();

function build() {
  api.use('/users', users);
}
function fill(router) {
  router.get('/:id', (req, res) => {
    res.json({ id: req.params.id });
  });
}

build();
app.use('/api', api);
app.get('/api/users/2', (req, res) => {
  res.send('never');
});
fill(users);
app.listen(process.env.PORT);
