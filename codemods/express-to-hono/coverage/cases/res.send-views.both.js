/*
member: res.send
variant: bytes of several kinds
requests: [GET /buffer, GET /array, GET /view, GET /words]
*/
const express = require('express');

const app = express();
app.get('/buffer', (req, res) => {
  res.send(Buffer.from('abc'));
});
app.get('/array', (req, res) => {
  res.send(new Uint8Array([65, 66]));
});
app.get('/view', (req, res) => {
  res.send(new DataView(new ArrayBuffer(2)));
});
app.get('/words', (req, res) => {
  res.send(new Uint16Array([65, 0x142]));
});
app.listen(process.env.PORT);
