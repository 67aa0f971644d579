/** A section of `docs/benchmarks.md` that a command of its own measures. `title`: its line, `## Image size`. */
export function sectionIn(page: string, title: string): string {
  const start = page.indexOf(`\n${title}\n`);
  if (start === -1) return '';
  const end = page.indexOf('\n## ', start + title.length);
  return page.slice(start + 1, end === -1 ? undefined : end + 1);
}

/** The page with this section in place of the one of its title. */
export function withSection(page: string, section: string): string {
  const title = section.slice(0, section.indexOf('\n'));
  const old = sectionIn(page, title);
  return old === ''
    ? `${page.trimEnd()}\n\n${section}`
    : page.replace(old, () => `${section}${page.endsWith(old) ? '' : '\n'}`);
}
