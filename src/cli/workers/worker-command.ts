/** The program called by this name in a worker thread judges what the main thread sends; no command for people. */
export const workerCommand = '--judge-worker';
