const app = require('./common');

exports.app = app;
exports.server = app.listen(3003);
