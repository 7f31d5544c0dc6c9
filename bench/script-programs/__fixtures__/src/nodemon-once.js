// Started, changed, started again, told to stop: what nodemon is for, with an end.
const { writeFileSync } = require('node:fs');
const nodemon = require('nodemon');
let starts = 0;
writeFileSync('watched.js', "console.log('watched');");
nodemon({ script: 'watched.js', watch: ['watched.js'], stdout: false, delay: 100 });
nodemon.on('exit', () => {
  starts += 1;
  console.log('ended', starts);
  if (starts === 1) setTimeout(() => writeFileSync('watched.js', "console.log('changed');"), 1500);
  else nodemon.emit('quit');
});
nodemon.on('quit', () => process.exit(0));
