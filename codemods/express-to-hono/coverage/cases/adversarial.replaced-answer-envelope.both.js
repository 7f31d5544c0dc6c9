/*
adversarial: a replaced answer of the response
variant: sends something else, where a package answers JSON as well
requests: [GET /user, GET /typed, GET /log]
*/
const express = require('express');

const app = express();
const log = [];
const mask = (user) => {
  user.password = '***';
};

app.get('/log', (req, res) => res.json([log, mask.name]));
app.use((req, res, next) => {
  const json = res.json.bind(res);
  res.json = (body) => json({ success: res.statusCode < 400, data: body });
  next();
});
app.use('/files', express.static(__dirname));
app.get('/user', (req, res) => res.json({ user: { name: 'ada', password: 'x' } }));
app.listen(process.env.PORT);
