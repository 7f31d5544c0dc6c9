const { existsSync } = require('node:fs');
const until = Date.now() + 30_000;
const look = () => {
  if (existsSync(process.argv[2])) return;
  if (Date.now() > until) process.exit(1);
  setTimeout(look, 50);
};
look();
