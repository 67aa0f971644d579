// As the lesson has it: the timeout is an option, and nobody listens to the event that it causes.
const http = require('node:http');

const options = { host: 'localhost', port: 3000, path: '/health', timeout: 2000 };
const request = http.request(options, (response) => {
  console.log(`STATUS: ${response.statusCode}`);
  process.exit(response.statusCode === 200 ? 0 : 1);
});
request.on('error', (error) => {
  console.error('ERROR:', error);
  process.exit(1);
});
request.end();
