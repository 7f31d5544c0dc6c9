/*
shape: answered in a timer
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  setTimeout(() => {
    res.send('late');
  }, 5);
});
app.listen(process.env.PORT);
