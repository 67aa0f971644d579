import type { BuildContext } from './build-context.ts';
import type { Project } from './project.ts';
import type { Service } from './service.ts';

/** Names that people give to a route which says that the program is well, best first: readiness asks for too much. */
const names = [
  'healthz',
  'health',
  'api/health',
  'livez',
  'live',
  'healthcheck',
  'health-check',
  'api/healthz',
  '_health',
  'actuator/health',
  'ping',
  'status',
];
const sources = /\.(?:[cm]?[jt]sx?|py|go|rb|php|java|kt|rs|cs|ex|exs)$/;
const tests = /(?:^|\/)(?:tests?|spec|__tests__|node_modules|vendor|dist|build)\/|[._]test\.|\.spec\./;
const mostFiles = 60;
const mostCharacters = 200_000;

/**
 * The path at which the program's own source offers a health check: `/healthz`. Undefined where no small source file of
 * the build context shows one. A route is believed when it stands as a whole text between quotes.
 */
export function healthRoute(service: Service, project: Project): string | undefined {
  const dockerfile = service.build?.dockerfile ?? service.image.stage?.dockerfile;
  const context = dockerfile && project.contextOf(dockerfile);
  if (!context) return undefined;
  const found = new Set<string>();
  for (const text of smallSources(context))
    for (const match of text.matchAll(/["'`](?:GET )?\/((?:api\/|_|actuator\/)?[a-z-]{4,12})\/?["'`]/g))
      if (match[1] !== undefined) found.add(match[1]);
  const name = names.find((candidate) => found.has(candidate));
  return name === undefined ? undefined : `/${name}`;
}

function* smallSources(context: BuildContext): Generator<string> {
  let left = mostFiles;
  for (const { path } of context.entries(2000)) {
    if (!sources.test(path) || tests.test(path)) continue;
    const text = context.text(path);
    if (text !== undefined && text.length <= mostCharacters) yield text;
    left -= 1;
    if (left === 0) return;
  }
}
