import type { PackageRule } from './_contract.ts';

const socketIo: PackageRule = {
  name: 'socket.io',
  advice: 'nothing: it stays on the server that Hono answers',
};
export default socketIo;
