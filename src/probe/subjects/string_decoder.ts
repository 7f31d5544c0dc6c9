import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

export default subject<typeof import('node:string_decoder')>('string_decoder', {
  StringDecoder: async ({ StringDecoder }) => {
    const { Buffer } = await import('node:buffer');
    const own = new StringDecoder('utf8');
    const [head, rest] = [Buffer.from([0xe2, 0x82]), Buffer.from([0xac])];
    return same(own.write(head) + own.write(rest), '€');
  },
});
