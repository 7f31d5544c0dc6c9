/*
member: app.on('mount')
requests: [GET /admin]
*/
const express = require('express');

const app = express();
const admin = express();
let mounted = 'not mounted';
admin.on('mount', (parent) => {
  mounted = typeof parent.use;
});
admin.get('/', (req, res) => {
  res.send(mounted);
});
app.use('/admin', admin);
app.listen(process.env.PORT);
