const express = require('express');

const app = express();

app.use(express.static('public'));
app.get('/health', (req, res) => {
  res.sendStatus(204);
});

app.listen(3000);
