const cors = require('cors');
const nocache = require('nocache');

// For everybody.
exports.forAll = [cors(), nocache()];
