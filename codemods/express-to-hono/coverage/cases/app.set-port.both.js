/*
member: app.set
variant: a port of one's own
requests: [GET /]
*/
const express = require('express');

const app = express();
app.set('port', process.env.PORT || 3000);
app.get('/', (req, res) => {
  res.send('up');
});
app.listen(app.get('port'));
