const express = require('express');

const app = express();

app.get('/who', (req, res) => res.json({ ip: req.ip }));

const PORT = process.env.PORT || 3000;

const server = app.listen(PORT, '127.0.0.1', () => {
  // For the logs.
  const { port } = server.address();
  console.log(`listening on ${port}`);
});

process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
