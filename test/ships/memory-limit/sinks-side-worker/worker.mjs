// What it works on is most of what the service takes.
const pictures = Buffer.alloc(120 << 20, 1);
let next = 0;
setInterval(() => {
  pictures[next++ % pictures.length] = 0;
}, 100);
