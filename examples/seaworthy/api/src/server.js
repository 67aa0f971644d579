import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { readConfig } from './config.js';
import { log } from './log.js';
import { createMetrics } from './metrics.js';
import { BadRequest, ordersIn } from './orders.js';
import { routesOf } from './routes.js';
import { openStores } from './stores.js';

const config = readConfig();
const stores = openStores(config);
const metrics = createMetrics();
const state = { draining: false };
const findRoute = routesOf({ orders: ordersIn(stores), stores, metrics, state });

const answerOf = async (answer, request, requestId) => {
  try {
    return await answer(request);
  } catch (error) {
    const ours = !(error instanceof BadRequest);
    if (ours) log.error('request failed', { requestId, error });
    const body = JSON.stringify({ error: ours ? 'something went wrong here' : error.message, requestId });
    return { status: ours ? 500 : 400, type: 'application/json', body };
  }
};

const server = createServer(async (request, response) => {
  const began = process.hrtime.bigint();
  const requestId = request.headers['x-request-id'] ?? randomUUID();
  const path = request.url.split('?', 1)[0];
  const { route, quiet = false, answer } = findRoute(request.method, path);
  metrics.begin();
  response.on('close', () => {
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    const status = response.writableFinished ? response.statusCode : 499;
    metrics.end({ method: request.method, route, status, seconds });
    if (!quiet) log.info('request', { requestId, method: request.method, path, status, ms: Math.round(seconds * 1000) });
  });

  const { status, type, body } = await answerOf(answer, request, requestId);
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.setHeader('X-Request-Id', requestId);
  // While draining, ask the proxy to open its next connection elsewhere.
  if (state.draining) response.setHeader('Connection', 'close');
  response.statusCode = status;
  response.end(body);
});
server.keepAliveTimeout = 65_000;
server.requestTimeout = 30_000;

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Leaving without losing a request: say "not ready" but go on serving for a while, so that whoever balances the load
 * has time to look away; then stop listening, let requests in flight finish, and close the stores last.
 */
const leave = async (signal) => {
  if (state.draining) return;
  state.draining = true;
  log.info('leaving', { signal, lameDuckMs: config.lameDuckMs, drainMs: config.drainMs, inFlight: metrics.inFlight() });
  await sleep(config.lameDuckMs);

  const closed = new Promise((resolve) => server.close(resolve));
  // close() alone waits for idle keep-alive connections, which may never end by themselves.
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  const inTime = await Promise.race([closed.then(() => true), sleep(config.drainMs).then(() => false)]);
  clearInterval(sweep);
  if (!inTime) {
    log.warn('drain took too long, cutting what is left', { inFlight: metrics.inFlight() });
    server.closeAllConnections();
  }
  await stores.close();
  log.info('left', { inTime });
  process.exit(inTime ? 0 : 1);
};

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => leave(signal));
process.on('uncaughtException', (error) => {
  // The state is unknown now: leave at once, the engine starts a fresh process.
  log.error('uncaught exception', { error });
  process.exit(70);
});

server.listen(config.port, '0.0.0.0', () => log.info('listening', { port: config.port, node: process.version }));
