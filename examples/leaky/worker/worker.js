const http = require('http');
const { createClient } = require('@redis/client');

const redis = createClient({ url: process.env.REDIS_URL });
let sent = 0;
let misses = 0;

http.createServer((req, res) => res.end(`sent ${sent} mails\n`)).listen(3001);

async function mails() {
  while (true) {
    const next = await redis.blPop('mails', 0);
    const order = JSON.parse(next.element);
    console.log('mail for order ' + order.id + ' via ' + process.env.SMTP_HOST + ' with ' + process.env.SMTP_PASSWORD);
    sent++;
  }
}

// the api sometimes hangs, nobody knows why, a restart helps
function watch() {
  http
    .get(process.env.API_URL + '/health', { timeout: 2000 }, (res) => {
      res.resume();
      misses = 0;
    })
    .on('timeout', function () {
      this.destroy();
    })
    .on('error', () => {
      misses++;
      console.log('api does not answer, ' + misses + ' times now');
      if (misses < 5) return;
      misses = 0;
      http
        .request({ socketPath: '/var/run/docker.sock', method: 'POST', path: '/containers/orders-api/restart' }, (res) => res.resume())
        .on('error', (error) => console.log('cannot restart the api', error.message))
        .end();
    });
}

async function start() {
  await redis.connect();
  setInterval(watch, 10000);
  await mails();
}

start();
