require('http').get({ socketPath: '/var/run/docker.sock', path: '/events' });
