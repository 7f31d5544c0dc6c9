console.log('printed', process.env.WORD ?? 'nothing', process.argv.slice(2).length);
