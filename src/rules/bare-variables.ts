/** Names of the variables in a text that must have a value: `$x` and `${x}`, not `${x:-y}`, which brings its own. */
export function bareVariables(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, braced, fallback, plain] of text.matchAll(/\$(?:\{(\w+)(:?[-+])?|(\w+))/g)) {
    if (fallback === undefined) names.add(braced ?? plain ?? '');
  }
  return names;
}
