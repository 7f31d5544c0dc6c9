const express = require('express');

const app = express();

app.get('/', (req, res) => res.json({ ok: true }));

const server = app.listen(3000);
server.on('error', (error) => process.exit(error.code === 'EADDRINUSE' ? 2 : 1));
