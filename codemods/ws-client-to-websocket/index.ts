import { wholeCodemod } from '../shared/transform/codemod.ts';

export default wholeCodemod(
  {
    id: 'ws-client-to-websocket',
    title: 'ws clients to WebSocket',
    from: 'ws',
    to: 'WebSocket',
    description:
      'Clients of `ws` become the `WebSocket` that Node.js has, where only what both have is used; servers stay.',
    prefilter: /['"]ws['"]/,
    unit: 'use',
  },
  () => import('./client.ts'),
);
