/*
adversarial: eval
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  eval("res.send('evaluated')");
});
app.listen(process.env.PORT);
