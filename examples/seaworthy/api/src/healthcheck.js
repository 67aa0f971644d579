/** The container's probe: no curl in this image, and none needed. Exit 0 when /ready says 200, else 1. */
const port = process.env.PORT ?? '3000';
try {
  const answer = await fetch(`http://127.0.0.1:${port}/ready`, { signal: AbortSignal.timeout(2500) });
  console.log(await answer.text());
  process.exit(answer.ok ? 0 : 1);
} catch (error) {
  console.log(`no answer: ${error.cause?.code ?? error.message}`);
  process.exit(1);
}
