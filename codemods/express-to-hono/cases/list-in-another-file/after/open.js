const cors = require('cors');
const nocache = require('nocache');
const { bridge } = require('./express-parity');

// For everybody.
exports.forAll = [bridge(cors()), bridge(nocache())];
