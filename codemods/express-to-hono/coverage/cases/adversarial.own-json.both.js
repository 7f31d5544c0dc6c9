/*
adversarial: a user's own res.json
requests: [GET /]
*/
const express = require('express');

const app = express();
const writer = { json: (value) => 'own ' + value };
function show(res) {
  return res.json(1);
}
app.get('/', (req, res) => {
  res.send(show(writer));
});
app.listen(process.env.PORT);
