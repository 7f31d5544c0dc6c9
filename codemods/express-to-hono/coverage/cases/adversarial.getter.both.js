/*
adversarial: a getter that answers
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  const object = {
    get value() {
      return res.send('got');
    },
  };
  object.value;
});
app.listen(process.env.PORT);
