module.exports = [require('cors')(), require('nocache')()];
