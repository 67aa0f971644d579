/**
 * The slim flavour of an official language image (`node`, `python`): `22` is `22-slim`, `22-bookworm` is
 * `22-bookworm-slim`; one that is small already stays (docker-library/docs, "image variants"). Undefined for tags of
 * another form.
 */
export function slimTag(written: string, tag: string | undefined): string | undefined {
  if (written.includes('@')) return undefined;
  if (tag === undefined) return `${written}:slim`;
  if (/(?:^|-)(?:slim|alpine[\d.]*)(?:-|$)/.test(tag)) return written;
  if (tag === 'latest') return `${written.slice(0, -'latest'.length)}slim`;
  return /^(?:\d+(?:\.\d+){0,2}|lts|current)(?:-(?:trixie|bookworm|bullseye|buster))?$/.test(tag)
    ? `${written}-slim`
    : undefined;
}
