import path from 'node:path';
import { portTo, proxyAt } from './gate.ts';

/** Runs in the engine's own namespace: `tsx gate-inside.ts FOLDER PORT`. */
const [, , folder = '.', port = ''] = process.argv;
portTo(Number(port), path.join(folder, 'out.sock'));
proxyAt(path.join(folder, 'in.sock'));
