/** Burns this share of a core, from 0 to 1, in slices short enough to notice that the helper has ended. */
export function burn(share: number): void {
  const slice = 20;
  const turn = () => {
    const until = performance.now() + slice * share;
    while (performance.now() < until);
    setTimeout(turn, slice * (1 - share));
  };
  turn();
}
