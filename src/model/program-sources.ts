import type { Project } from './project.ts';
import type { Service } from './service.ts';

const sources = /\.(?:[cm]?[jt]sx?|py|go|rb|php|java|kt|rs|cs|ex|exs)$/;
const tests = /(?:^|\/)(?:tests?|spec|__tests__|node_modules|vendor|dist|build)\/|[._]test\.|\.spec\./;
const mostFiles = 60;
const mostCharacters = 200_000;

/** The small source files of the build context that a service is built from, tests and libraries apart. */
export function* programSources(
  service: Service,
  project: Project,
): Generator<{ readonly path: string; readonly text: string }> {
  const dockerfile = service.build?.dockerfile ?? service.image.stage?.dockerfile;
  const context = dockerfile && project.contextOf(dockerfile);
  if (!context) return;
  let left = mostFiles;
  for (const { path } of context.entries(2000)) {
    if (!sources.test(path) || tests.test(path)) continue;
    const text = context.text(path);
    if (text !== undefined && text.length <= mostCharacters) yield { path, text };
    left -= 1;
    if (left === 0) return;
  }
}
