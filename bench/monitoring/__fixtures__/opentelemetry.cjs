// OpenTelemetry with automatic instrumentation, as its documentation sets it up, and one span by hand.
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { getNodeAutoInstrumentations } = require('@opentelemetry/auto-instrumentations-node');

const sdk = new NodeSDK({ serviceName: 'watched', instrumentations: [getNodeAutoInstrumentations()] });
sdk.start();
process.on('SIGTERM', () => sdk.shutdown().finally(() => process.exit(0)));

const { trace, metrics } = require('@opentelemetry/api');
const { logs } = require('@opentelemetry/api-logs');
const express = require('express');
const app = express();
const read = metrics.getMeter('app').createCounter('orders.read');
app.get('/orders', (_request, response) => {
  read.add(1);
  logs.getLogger('app').emit({ severityText: 'INFO', body: 'read' });
  trace.getTracer('app').startActiveSpan('load orders', (span) => {
    setTimeout(() => {
      span.end();
      response.json([1]);
    }, 5);
  });
});
app.get('/call', async (_request, response) => {
  await fetch(`http://127.0.0.1:${process.env.PORT}/orders`).then((answer) => answer.text());
  response.json({});
});
app.get('/fail', () => {
  throw new TypeError('broken');
});
app.listen(process.env.PORT);
