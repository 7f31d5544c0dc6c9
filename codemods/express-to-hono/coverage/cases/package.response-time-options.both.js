/*
package: response-time
variant: options
packages: [response-time]
mask: ['(?<=x-took: )\d+$', '(?<=x-response-time: )\d+\.\d\d\dms$']
requests: [GET /took, GET /took/own, GET /usual, GET /usual/none, GET /usual/fails]
*/
const express = require('express');
const responseTime = require('response-time');

const app = express();
app.use('/took', responseTime({ digits: 0, header: 'X-Took', suffix: false }));
app.use('/usual', responseTime());
app.get('/took', (req, res) => res.json({ a: 1 }));
app.get('/took/own', (req, res) => res.set('X-Took', 'own').send('own'));
app.get('/usual', (req, res) => res.redirect('/took'));
app.get('/usual/fails', () => {
  throw new Error('no');
});
app.use((err, req, res, next) => res.status(500).json({ error: err.message }));
app.listen(process.env.PORT);
