import { BadRequest, checkOrder } from './orders.js';

const largestBodyBytes = 16 * 1024;

const readJson = async (request) => {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > largestBodyBytes) throw new BadRequest(`the body is larger than ${largestBodyBytes} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new BadRequest('the body is not JSON');
  }
};

const json = (status, body) => ({ status, type: 'application/json', body: JSON.stringify(body) });

const requestKeyOf = (request) => {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (!/^[\w-]{1,100}$/.test(key)) throw new BadRequest('Idempotency-Key must be 1 to 100 letters, digits, _ or -');
  return key;
};

/** Finds who answers a request. `route` is the pattern, not the path: metrics must not grow with every order id. */
export const routesOf = ({ orders, stores, metrics, state }) => (method, path) => {
  if (method === 'GET' && path === '/health') {
    // Alive: the event loop turns. Nothing else: a lost database is not cured by a restart of this process.
    return { route: '/health', quiet: true, answer: async () => json(200, { status: 'healthy' }) };
  }
  if (method === 'GET' && path === '/ready') {
    return {
      route: '/ready',
      quiet: true,
      answer: async () => {
        const checks = await stores.check();
        const ready = !state.draining && Object.values(checks).every(Boolean);
        return json(ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', draining: state.draining, checks });
      },
    };
  }
  if (method === 'GET' && path === '/metrics') {
    return { route: '/metrics', quiet: true, answer: async () => ({ status: 200, type: 'text/plain; version=0.0.4', body: metrics.text() }) };
  }
  if (method === 'GET' && path === '/api/orders') {
    return { route: '/api/orders', answer: async () => json(200, await orders.recent()) };
  }
  if (method === 'POST' && path === '/api/orders') {
    return {
      route: '/api/orders',
      answer: async (request) => {
        const requestKey = requestKeyOf(request);
        return json(201, await orders.place(checkOrder(await readJson(request)), requestKey));
      },
    };
  }
  if (method === 'GET' && path.startsWith('/api/orders/')) {
    return {
      route: '/api/orders/:id',
      answer: async () => {
        const order = await orders.find(path.slice('/api/orders/'.length));
        return order === undefined ? json(404, { error: 'no such order' }) : json(200, order);
      },
    };
  }
  return { route: 'none', answer: async () => json(404, { error: 'no such page' }) };
};
