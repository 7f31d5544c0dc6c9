/*
member: res.cookie
mask: ['Expires=[^;]+']
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.cookie('a', 'x y', { maxAge: 900000, httpOnly: true });
  res.cookie('b', { c: 1 }, { path: '/b', secure: true, sameSite: 'lax', domain: 'example.com' });
  res.cookie('a', 'again').send('x');
});
app.listen(process.env.PORT);
