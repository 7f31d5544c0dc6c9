/*
adversarial: An error handler, kept as it is, that lets the routes after it go on
requests: [GET /fail, GET /fine]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => next(req.path === '/fail' ? new Error('failed') : undefined));
app.use((err, req, res, next) => {
  next();
});
app.get('/fail', (req, res) => res.send('went on'));
app.get('/fine', (req, res) => res.send('fine'));
app.listen(process.env.PORT);
