const done = [];
let next = 0;
const work = setInterval(() => {
  done.push({ id: next++, pages: Buffer.alloc(150_000, 1) });
  if (next % 50 === 0) console.log(`${next} jobs done`);
}, 50);
process.on('SIGTERM', () => clearInterval(work));
