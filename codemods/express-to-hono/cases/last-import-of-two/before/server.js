const app = require('./app');
const http = require('http');

const port = process.env.PORT;
app.set('port', port);
http.createServer(app).listen(port);
