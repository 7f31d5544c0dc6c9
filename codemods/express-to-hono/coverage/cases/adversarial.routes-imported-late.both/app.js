/*
adversarial: functions that fill a router, imported by the names in a folder once it is mounted
requests: [GET /plain, GET /api/users, GET /api/notes/1]
*/
const express = require('express');
const { readdirSync } = require('node:fs');

const app = express();
const adapt = (controller) => async (req, res) => {
  const answer = await controller({ ...req.params, ...req.query });
  res.status(answer.status).json(answer.body);
};
const guard = (check) => async (req, res, next) => {
  const answer = await check({ headers: req.headers });
  if (answer.status !== 200) return res.status(answer.status).json(answer.body);
  Object.assign(req, answer.body);
  next();
};
const router = express.Router();
app.get('/plain', guard(async () => ({ status: 200, body: { user: 'ada' } })), (req, res) => res.json(req.user));
app.use('/api', router);
const loaded = readdirSync(`${__dirname}/routes`).map(async (file) => {
  if (!file.includes('.test.')) (await import(`./routes/${file}`)).default(router, adapt);
});
Promise.all(loaded).then(() => app.listen(process.env.PORT));
