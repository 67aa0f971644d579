// The lesson's Express program without Express, and its database as far as a connection.
const http = require('node:http');
const net = require('node:net');

let isReady = false;
let database;

const app = (request, response) => {
  request.resume();
  if (request.url === '/health') return response.end('{"status":"healthy"}');
  if (request.url === '/ready') return response.writeHead(isReady ? 200 : 503).end();
  // Postgres answers one byte to the question whether it speaks TLS: a query that needs no password.
  if (!database?.writable) return response.writeHead(500).end();
  database.once('data', () => response.end('one row'));
  database.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
};

function connectToDatabase() {
  return new Promise((resolve, reject) => {
    database = net.connect(5432, 'postgres', resolve);
    database.on('error', reject);
  });
}

async function startup() {
  await connectToDatabase();
  isReady = true;
}

http.createServer(app).listen(3000, () => {
  console.log('Server started');
  startup();
});
