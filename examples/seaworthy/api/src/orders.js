import { randomUUID } from 'node:crypto';

const cacheSeconds = 30;
const repeatSeconds = 24 * 60 * 60;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const toOrder = (row) => ({ id: row.id, item: row.item, quantity: row.quantity, placedAt: row.placed_at.toISOString() });

/** A fault in what the caller sent, as opposed to one of ours. */
export class BadRequest extends Error {}

export const checkOrder = (body) => {
  const { item, quantity } = body ?? {};
  if (typeof item !== 'string' || item.trim() === '' || item.length > 200) throw new BadRequest('item must be a text of 1 to 200 characters');
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > 1000) throw new BadRequest('quantity must be a whole number from 1 to 1000');
  return { item: item.trim(), quantity };
};

/** The orders themselves: Postgres holds them, Redis remembers recent answers and which requests were repeats. */
export const ordersIn = ({ pool, cache }) => ({
  /**
   * `requestKey` is the caller's Idempotency-Key: the same key places one order, however often it is sent, also when
   * the first try reached a replica that died half-way. That is what lets the proxy send a lost POST again.
   */
  async place({ item, quantity }, requestKey) {
    const id = requestKey === undefined ? randomUUID() : await this.claim(requestKey);
    const { rows } = await pool.query(
      'INSERT INTO orders (id, item, quantity) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING RETURNING *',
      [id, item, quantity],
    );
    return rows[0] === undefined ? this.find(id) : toOrder(rows[0]);
  },

  /** The order id that belongs to this key: a new one for the first to ask, the same one for whoever asks again. */
  async claim(requestKey) {
    const key = `repeat:${requestKey}`;
    const id = randomUUID();
    const first = await cache.set(key, id, { condition: 'NX', expiration: { type: 'EX', value: repeatSeconds } });
    return first === null ? ((await cache.get(key)) ?? id) : id;
  },

  async find(id) {
    if (!uuid.test(id ?? '')) return undefined;
    const kept = await cache.get(`order:${id}`);
    if (kept !== null) return JSON.parse(kept);
    const { rows } = await pool.query('SELECT * FROM orders WHERE id = $1', [id]);
    if (rows[0] === undefined) return undefined;
    const order = toOrder(rows[0]);
    await cache.set(`order:${id}`, JSON.stringify(order), { expiration: { type: 'EX', value: cacheSeconds } });
    return order;
  },

  async recent() {
    const { rows } = await pool.query('SELECT * FROM orders ORDER BY placed_at DESC LIMIT 20');
    return rows.map(toOrder);
  },
});
