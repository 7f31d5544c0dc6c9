/*
adversarial: res under another name
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  const response = res;
  response.set('X-A', '1');
  response.send('alias');
});
app.listen(process.env.PORT);
