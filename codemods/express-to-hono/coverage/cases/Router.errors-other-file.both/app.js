/*
member: Router.use
variant: routes that another module registers behind the error handler of a router
requests: [GET /api/early, GET /api/late, GET /api/fine, GET /none]
*/
const express = require('express');
const api = require('./api.js');

api.get('/late', () => {
  throw new Error('late');
});
api.get('/fine', (req, res) => res.json({ fine: true }));
const app = express();
app.use('/api', api);
app.use((err, req, res, next) => {
  res.status(500).json({ by: 'the application', message: err.message });
});
app.listen(process.env.PORT);
