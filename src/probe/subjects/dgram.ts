import { subject } from '../contract.ts';
import { event, same } from '../inside/seen.ts';

export default subject<typeof import('node:dgram')>('dgram', {
  createSocket: async ({ createSocket }) => {
    const [here, there] = [createSocket('udp4'), createSocket('udp4')];
    here.bind(0, '127.0.0.1');
    await event(here, 'listening');
    const got = event(here, 'message');
    there.send('packet', here.address().port, '127.0.0.1');
    const [data] = await got;
    here.close();
    there.close();
    return same(String(data), 'packet');
  },
});
