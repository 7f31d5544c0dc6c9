/*
member: app.head
variant: handlers behind a bridge, and in a list
requests: [HEAD /bridged, GET /bridged, HEAD /list, GET /list]
*/
const express = require('express');

const app = express();
app.head('/bridged', (req, res) => {
  res.set('X-Http', req.httpVersion);
  res.redirect(308, '/there');
});
app.head('/list', [
  (req, res, next) => {
    res.set('X-First', '1');
    next();
  },
  (req, res) => {
    res.set('X-Last', '1').end();
  },
]);
app.use((req, res) => res.status(404).send('none'));
app.listen(process.env.PORT);
