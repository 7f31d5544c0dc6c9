/*
shape: routes registered in a loop
requests: [GET /a, GET /b, GET /c]
*/
const express = require('express');

const app = express();
for (const name of ['a', 'b']) {
  app.get('/' + name, (req, res) => {
    res.send(name);
  });
}
app.listen(process.env.PORT);
