import Socket from 'ws';

export function ask(address, question) {
  return new Promise((resolve, reject) => {
    const socket = new Socket(address, ['chat']);
    socket.binaryType = 'arraybuffer';
    socket.on('open', () => {
      socket.send(JSON.stringify({ question }));
    });
    socket.addEventListener('message', ({ data }) => {
      resolve(JSON.parse(data));
      socket.close(1000, 'thanks');
    });
    socket.onerror = ({ message }) => reject(new Error(message));
    setTimeout(() => {
      if (socket.readyState === Socket.CONNECTING) socket.close();
    }, 1000).unref();
  });
}
