/*
member: app.locals
requests: [GET /]
*/
const express = require('express');

const app = express();
app.locals.title = 'My App';
app.get('/', (req, res) => {
  res.send(app.locals.title + ' ' + Object.keys(app.locals).length);
});
app.listen(process.env.PORT);
