const express = require('express');

function counter() {
  let count = 0;
  const router = express.Router();
  router.get('/', (req, res) => res.json({ count: ++count }));
  return router;
}

const mounted = express.Router();
const app = express();
app.use(['/a', '/b'], counter());
app.use(['/c', '/d'], mounted);
app.listen(3000);
