const express = require('express');

const app = express();

app.get('/ticks', (req, res) => {
  res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  res.flushHeaders();
  const timer = setInterval(() => {
    res.write(`data: ${Date.now()}\n\n`);
  }, 1000);
  req.on('close', () => {
    clearInterval(timer);
  });
});

module.exports = app;
