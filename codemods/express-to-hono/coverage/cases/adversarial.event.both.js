/*
adversarial: answered in an event
requests: [GET /]
*/
const express = require('express');

const app = express();
const { EventEmitter } = require('node:events');
app.get('/', (req, res) => {
  const events = new EventEmitter();
  events.once('done', (value) => {
    res.send(value);
  });
  setImmediate(() => events.emit('done', 'event'));
});
app.listen(process.env.PORT);
