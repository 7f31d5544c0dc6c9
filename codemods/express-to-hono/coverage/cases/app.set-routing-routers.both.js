/*
member: app.set
variant: of the paths of an application, where it has routers
requests: [GET /own, GET /own/, GET /Own, GET /users/stats, GET /users/stats/, GET /users/STATS/x/, GET /USERS/stats, GET /users/, GET /users, GET /top/, GET /TOP, HEAD /api/]
*/
const express = require('express');

const app = express();
app.set('strict routing', true);
app.enable('case sensitive routing');
app.get('/own', (req, res) => {
  res.send('own');
});
const stats = express.Router();
stats.get('/', (req, res) => {
  res.send('stats');
});
stats.get('/X', (req, res) => {
  res.send('x');
});
const users = express.Router();
users.get('/', (req, res) => {
  res.send('users');
});
users.use('/stats', stats);
app.use('/users', users);
const root = express.Router();
root.get('/top', (req, res) => {
  res.send('top');
});
app.use(root);
const api = express.Router();
api.head('/', (req, res) => {
  res.status(204).end();
});
app.use('/api', api);
app.listen(process.env.PORT);
