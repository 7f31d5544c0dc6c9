/*
member: res.sendFile
variant: with a callback
requests: [GET /a.txt, GET /b.txt]
*/
const express = require('express');

const app = express();
app.get('/:name', (req, res, next) => {
  res.sendFile(req.params.name, { root: __dirname + '/files' }, (error) => {
    if (error) next(error);
  });
});
app.use((err, req, res, next) => {
  res.status(err.status || 500).send('not sent');
});
app.listen(process.env.PORT);
