module.exports = {
  apps: [
    { name: 'cluster', script: 'server.js', instances: 'max', exec_mode: 'cluster' },
    { name: 'flags', script: 'server.js', node_args: '--inspect' },
    { name: 'tsx', script: 'server.ts', interpreter: 'tsx' },
  ],
};
