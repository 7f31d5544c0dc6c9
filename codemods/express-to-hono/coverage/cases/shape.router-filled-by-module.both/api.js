const { Router } = require('express');

exports.api = Router();
