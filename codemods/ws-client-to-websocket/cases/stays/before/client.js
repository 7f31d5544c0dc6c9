const WebSocket = require('ws');

const one = new WebSocket('ws://localhost', { headers: { cookie: 'a=b' } });
const two = new WebSocket('ws://localhost');
two.on('message', (data) => console.log(data.toString()));
two.ping();
const three = new WebSocket('ws://localhost');
three.send('text');
const four = new WebSocket('ws://localhost');
four.onmessage = ({ data }) => console.log(data);
four.onerror = () => one.terminate();
