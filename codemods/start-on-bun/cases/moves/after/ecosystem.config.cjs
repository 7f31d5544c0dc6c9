// node here is in a comment
module.exports = {
  apps: [
    {
      name: 'notes',
      script: 'src/server.js',
      interpreter: 'bun',
      instances: 1,
    },
    { script: './src/jobs.js', interpreter: 'bun' },
    { script: './run.sh' },
  ],
};
