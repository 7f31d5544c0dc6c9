const { body } = require('express-validator');

// What a parcel must say of itself before anything is stored.
exports.parcel = [body('weight').isFloat({ min: 0.1 }), body('city').isString()];
