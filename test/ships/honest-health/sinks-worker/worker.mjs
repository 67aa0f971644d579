// The work itself, in a process of its own.
process.on('message', ({ id, text }) => process.send({ id, text: text.toUpperCase() }));
process.on('disconnect', () => process.exit(0));
