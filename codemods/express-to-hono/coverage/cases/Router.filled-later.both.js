/*
member: express.Router
variant: routes added after it is mounted
requests: [GET /api/a, GET /api/b, GET /other, GET /api/none]
*/
const express = require('express');

const app = express();
const router = express.Router();
app.use(express.json());
// The routes of the interface.
app.use('/api', router);

router.get('/a', (req, res) => {
  res.send('a');
});
router.get('/b', (req, res) => {
  res.send('b');
});

app.get('/other', (req, res) => {
  res.send('other');
});
app.listen(process.env.PORT);
