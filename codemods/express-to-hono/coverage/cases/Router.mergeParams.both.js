/*
member: Router mergeParams
requests: [GET /u/1/p/2]
*/
const express = require('express');

const app = express();
const posts = express.Router({ mergeParams: true });
posts.get('/:post', (req, res) => {
  res.json(req.params);
});
app.use('/u/:user/p', posts);
app.listen(process.env.PORT);
