/*
member: Router.use
variant: an error handler that reads the URL, of a router that stays in part
requests: [GET /admin/users, GET /admin/fails?x=1, GET /admin/stays, GET /admin/stays/fails, GET /other]
*/
const express = require('express');

const app = express();
const admin = express.Router();
admin.get('/users', (req, res) => res.json({ users: [] }));
admin.get('/fails', () => {
  throw new Error('it fails');
});
admin.get('/stays', function (req, res) {
  // What reads the response as a whole is nothing that Hono has.
  res.json({ members: Object.keys(res).length > 0 });
});
admin.get('/stays/fails', function (req, res) {
  Object.keys(res);
  throw new Error('it stays and fails');
});
admin.use((error, req, res, next) => {
  res.status(500).json({ url: req.url, message: error.message });
});
app.use('/admin', admin);
app.get('/other', (req, res) => res.json({ other: true }));
app.listen(process.env.PORT);
