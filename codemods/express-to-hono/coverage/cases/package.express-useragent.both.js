/*
package: express-useragent
packages: [express-useragent]
requests:
  - { GET: /, headers: { User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0 } }
  - { GET: /, headers: { User-Agent: Googlebot/2.1 (+http://www.google.com/bot.html) } }
*/
const express = require('express');
const useragent = require('express-useragent');

const app = express();
app.use(useragent.express());
app.get('/', (req, res) => {
  res.json([req.useragent.browser, req.useragent.isBot, req.useragent.os, res.locals.useragent.version]);
});
app.listen(process.env.PORT);
