require('dotenv').config();

const NAMES = 'PLAIN SPACES EMPTY SINGLE DOUBLE SINGLEN BACK COMMENT HASH EXPORTED MULTI JSON EQ DOLLAR GIVEN NONE';
exports.values = Object.fromEntries(NAMES.split(' ').map((name) => [name, process.env[name] ?? null]));
