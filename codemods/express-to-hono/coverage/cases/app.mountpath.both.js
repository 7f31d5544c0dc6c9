/*
member: app.mountpath
requests: [GET /admin, GET /admin/x]
*/
const express = require('express');

const app = express();
const admin = express();
admin.get('/', (req, res) => {
  res.send(admin.mountpath);
});
app.use('/admin', admin);
app.listen(process.env.PORT);
