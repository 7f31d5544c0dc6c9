/*
shape: ES modules
requests: [GET /, GET /b]
*/
import express, { Router } from 'express';

const app = express();
const router = Router();
router.get('/b', (req, res) => {
  res.send('b');
});
app.get('/', (req, res) => {
  res.send('a');
});
app.use(router);
app.listen(process.env.PORT);
