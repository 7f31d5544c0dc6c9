'use strict';

const path = require('node:path');

module.exports = {
  uploadDir: path.resolve(process.env.UPLOAD_DIR || 'uploads'),
  templateDir: path.join(__dirname, '..', 'templates'),
};
