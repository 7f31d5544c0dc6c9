const app = require('./common');

const server = app.listen(3002);
module.exports = { app, server };
