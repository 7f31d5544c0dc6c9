import WebSocket from 'ws';

export const talk = (address) =>
  new Promise((resolve) => {
    const socket = new WebSocket(address, ['chat']);
    socket.binaryType = 'arraybuffer';
    socket.on('open', () => {
      console.log('open', socket.protocol, socket.readyState === WebSocket.OPEN);
      socket.send(JSON.stringify({ text: 'ü' }));
    });
    socket.onmessage = ({ data }) => {
      console.log(typeof data, typeof data === 'string' ? data : new Uint8Array(data).join(' '));
      if (typeof data !== 'string') socket.close(1000, 'thanks');
    };
    socket.onerror = () => console.log('error');
    socket.addEventListener('close', ({ code, reason, wasClean }) => {
      console.log('closed', code, reason, wasClean);
      resolve();
    });
  });
