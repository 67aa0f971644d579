const http = require('http');
const fs = require('fs');
const crypto = require('crypto');
const { Pool } = require('pg');
const { createClient } = require('@redis/client');

const pool = new Pool({ connectionString: process.env.DATABASE_URL || 'postgres://orders:orders-demo-password@localhost:5432/orders' });
const redis = createClient({ url: process.env.REDIS_URL || 'redis://localhost:6379' });

// who is logged in
const sessions = {};

function sign(user) {
  return crypto.createHmac('sha256', process.env.JWT_SECRET || 'secret').update(user).digest('hex');
}

function send(res, status, body) {
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(body));
}

function readBody(req) {
  return new Promise((resolve) => {
    let text = '';
    req.on('data', (chunk) => (text += chunk));
    req.on('end', () => resolve(JSON.parse(text)));
  });
}

const server = http.createServer(async (req, res) => {
  console.log(req.method, req.url);
  fs.appendFileSync('access.log', `${new Date()} ${req.method} ${req.url}\n`);

  if (req.url === '/health') {
    return send(res, 200, { status: 'ok' });
  }

  if (req.method === 'POST' && req.url === '/api/login') {
    const { user } = await readBody(req);
    const token = sign(user);
    sessions[token] = user;
    return send(res, 200, { token });
  }

  if (req.method === 'POST' && req.url === '/api/orders') {
    const { item, quantity } = await readBody(req);
    const result = await pool.query('INSERT INTO orders (item, quantity) VALUES ($1, $2) RETURNING *', [item, quantity]);
    await redis.rPush('mails', JSON.stringify(result.rows[0]));
    return send(res, 201, result.rows[0]);
  }

  if (req.method === 'GET' && req.url === '/api/orders') {
    const result = await pool.query('SELECT * FROM orders ORDER BY id DESC LIMIT 20');
    return send(res, 200, result.rows);
  }

  send(res, 404, { error: 'not found' });
});

async function start() {
  await redis.connect();
  await pool.query('CREATE TABLE IF NOT EXISTS orders (id serial PRIMARY KEY, item text, quantity int)');
  server.listen(process.env.PORT, () => console.log('api listening on port ' + process.env.PORT));
}

start();
