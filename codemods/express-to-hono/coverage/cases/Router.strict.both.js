/*
member: Router strict
requests: [GET /r/a, GET /r/a/]
*/
const express = require('express');

const app = express();
const router = express.Router({ strict: true });
router.get('/a', (req, res) => {
  res.send('a');
});
app.use('/r', router);
app.listen(process.env.PORT);
