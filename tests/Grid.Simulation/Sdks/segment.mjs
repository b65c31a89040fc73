// Sends the events of a shop's back end with the unmodified npm package of the SDK. The argument is the server's address.
import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({ writeKey: 'sdk-key', host: process.argv[2], flushAt: 5, maxRetries: 0 });
let failure = null;
analytics.on('error', (error) => (failure = error));

analytics.identify({ userId: 'sdk-1', traits: { city: '上海', age: 31, vip: true, address: { street: 'Nanjing Road' } } });
analytics.group({ userId: 'sdk-1', groupId: 'tea-lovers', traits: { source: 'poster' } });
for (const number of [1, 2, 3]) {
  analytics.track({
    userId: 'sdk-1',
    event: 'Order Completed',
    timestamp: new Date(Date.now() - number * 86_400_000),
    properties: {
      order_id: `sdk-order-${number}`,
      total: 19.99 * number,
      currency: 'CNY',
      products: [{ category: 'tea', quantity: number }],
    },
  });
}

analytics.page({ anonymousId: 'visitor-1', category: 'tea', name: 'Home' });
await analytics.closeAndFlush({ timeout: 20_000 });
if (failure !== null) {
  console.error(failure);
  process.exit(1);
}
