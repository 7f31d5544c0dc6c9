// Stripe's check of a webhook's signature, in its two forms.
import { createHmac } from 'node:crypto';
import Stripe from 'stripe';

const stripe = new Stripe('sk_test_none');
const secret = 'whsec_of_this_probe';
const body = JSON.stringify({ id: 'evt_1', object: 'event' });

export async function probe() {
  const at = Math.floor(Date.now() / 1000);
  const header = `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
  const said = (call) =>
    Promise.resolve()
      .then(call)
      .then(
        ({ id }) => `answered ${id}`,
        (error) => `threw: ${String(error.message).split('\n')[0]}`,
      );
  return {
    constructEvent: await said(() => stripe.webhooks.constructEvent(body, header, secret)),
    constructEventAsync: await said(() => stripe.webhooks.constructEventAsync(body, header, secret)),
  };
}
