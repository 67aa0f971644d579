import { spawn } from 'node:child_process';

const server = spawn(process.execPath, ['server.mjs'], { stdio: 'inherit' });
server.on('exit', (code) => process.exit(code ?? 1));
process.on('SIGTERM', () => process.exit(0));
