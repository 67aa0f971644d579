const http = require('http');

http.createServer((request, response) => response.end('hello from alpine\n')).listen(3102, () => console.log('up'));
