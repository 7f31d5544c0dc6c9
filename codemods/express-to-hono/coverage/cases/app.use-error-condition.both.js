/*
member: app.use
variant: one error handler, under a condition
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', () => {
  throw new Error('failed');
});
if (process.env.NO_SUCH_VARIABLE) {
  app.use((err, req, res, next) => {
    res.status(500).send('never here');
  });
}
app.listen(process.env.PORT);
