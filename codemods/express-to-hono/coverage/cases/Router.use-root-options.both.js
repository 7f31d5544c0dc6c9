/*
member: router.use
variant: two routers at the root before a catch-all, asked for OPTIONS
requests: [OPTIONS /, OPTIONS /login, OPTIONS /none, GET /, POST /, GET /login, POST /login, OPTIONS /both]
*/
const express = require('express');

const app = express();
const pages = express.Router();
pages.get('/', (req, res) => {
  res.send('home');
});
pages.post('/', (req, res) => {
  res.send('sent');
});
pages.get('/both', (req, res) => {
  res.send('pages');
});
const login = express.Router();
login.get('/login', (req, res) => {
  res.send('form');
});
login.post('/both', (req, res) => {
  res.send('login');
});
app.use('/', pages);
app.use(login);
app.use((req, res, next) => {
  res.status(404).send('nothing here');
});
app.listen(process.env.PORT);
