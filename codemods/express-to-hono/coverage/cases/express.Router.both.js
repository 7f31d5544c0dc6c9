/*
member: express.Router
requests: [GET /sub, GET /sub/, GET /sub/a, GET /SUB/A/, GET /suba]
*/
const express = require('express');

const app = express();
const router = express.Router();
router.get('/', (req, res) => {
  res.send('root');
});
router.get('/a', (req, res) => {
  res.send('a');
});
app.use('/sub', router);
app.listen(process.env.PORT);
