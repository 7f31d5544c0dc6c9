
export function ask(address, question) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, ['chat']);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      socket.send(JSON.stringify({ question }));
    });
    socket.addEventListener('message', ({ data }) => {
      resolve(JSON.parse(data));
      socket.close(1000, 'thanks');
    });
    socket.onerror = ({ message }) => reject(new Error(message));
    setTimeout(() => {
      if (socket.readyState === WebSocket.CONNECTING) socket.close();
    }, 1000).unref();
  });
}
