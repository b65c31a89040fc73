// Sends the events of a shop's back end with the unmodified npm package of the SDK. The argument is the server's address.
import Analytics from '@rudderstack/rudder-sdk-node';

const analytics = new Analytics('sdk-key', { dataPlaneUrl: process.argv[2], flushAt: 1_000, gzip: true });
const sent = (error) => {
  if (error) {
    console.error(error);
    process.exitCode = 1;
  }
};

analytics.identify({ userId: 'rudder-1', traits: { city: '杭州' } }, sent);
for (const number of [1, 2]) {
  analytics.track(
    {
      userId: 'rudder-1',
      event: 'Order Completed',
      timestamp: new Date(Date.now() - number * 86_400_000),
      properties: { order_id: `rudder-order-${number}`, revenue: 19.99 * number, currency: 'CNY' },
    },
    sent,
  );
}

analytics.track({ userId: 'rudder-1', event: 'Order Refunded', properties: { order_id: 'rudder-order-1', revenue: 19.99 } }, sent);
await analytics.flush();
