/*
adversarial: what Express does for a path whatever the method is, where its route is Hono's
requests: ['GET /users/%zz', 'POST /users/%zz', 'OPTIONS /users/%zz', POST /users/7, GET /users/7, OPTIONS /users/7, {OPTIONS: /users/7, headers: {Origin: 'http://one.test', Access-Control-Request-Method: DELETE}}, GET /kept, OPTIONS /kept, 'GET /kept/%zz', GET /page, GET /nowhere]
*/
const express = require('express');

const app = express();
app.set('title', 'Notes');
const page = (req, res, next) => {
  app.render('missing', (err) => (err ? res.status(500).send(app.get('title')) : next()));
};
app.post('/users/:id', (req, res) => res.json({ id: req.params.id }));
app.get('/kept', (req, res) => {
  const held = { res };
  held.res.send('kept');
});
app.get('/page', page);
app.listen(process.env.PORT);
