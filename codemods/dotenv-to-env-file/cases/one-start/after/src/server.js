const { port } = require('./config');

require('express')().listen(port);
