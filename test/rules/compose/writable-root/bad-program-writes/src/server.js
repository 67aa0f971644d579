const fs = require('fs');

fs.writeFileSync('/tmp/ready', '');
fs.appendFileSync('access.log', 'started\n');
