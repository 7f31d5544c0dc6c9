/*
member: Router mergeParams
variant: off, under a parameter
requests: [GET /u/1/p/2]
*/
const express = require('express');

const app = express();
const posts = express.Router();
posts.get('/:post', (req, res) => {
  res.json({ user: String(req.params.user), post: req.params.post });
});
app.use('/u/:user/p', posts);
app.listen(process.env.PORT);
