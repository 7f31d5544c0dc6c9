require('node:fs').writeFileSync('once.txt', 'ran');
