/*
member: app.get (setting)
requests: [GET /]
*/
const express = require('express');

const app = express();
app.set('title', 'My Site');
app.get('/', (req, res) => {
  res.send(app.get('title') + ' ' + app.get('env') + ' ' + app.get('nothing'));
});
app.listen(process.env.PORT);
