const { parse } = require('dotenv');
console.log(parse('A=1'));
