/*
member: Router caseSensitive
requests: [GET /r/a, GET /r/A]
*/
const express = require('express');

const app = express();
const router = express.Router({ caseSensitive: true });
router.get('/a', (req, res) => {
  res.send('a');
});
app.use('/r', router);
app.listen(process.env.PORT);
