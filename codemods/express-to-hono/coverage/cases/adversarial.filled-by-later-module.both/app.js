/*
shape: a router that is mounted in one module and filled by the next one, which the entry loads after it
requests: [GET /api/users, GET /api/none, GET /other]
*/
const { app } = require('./server.js');
require('./users.js');

app.get('/other', (req, res) => {
  res.send('other');
});
app.listen(process.env.PORT);
