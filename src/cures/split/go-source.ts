import { leftBecause } from '../../edit/change.ts';
import type { BuildContext } from '../../model/build-context.ts';

/** More than a service has; beyond, we say that we did not look. */
const mostFiles = 2000;

/** Modules that are C inside, and so do not build or work without it. */
const needC =
  /github\.com\/(?:mattn\/go-sqlite3|confluentinc\/confluent-kafka-go|go-gl\/|godror\/godror|h2non\/bimg|DataDog\/zstd|veandco\/go-sdl2)\b/;
/** What no program reads while it runs. */
const forBuild =
  /^(?:\..+|go\.(?:mod|sum|work|work\.sum)|Makefile|Dockerfile.*|.*\.dockerignore|\.(?:git.*|env.*|golangci\.ya?ml|editorconfig|goreleaser\.ya?ml|github|vscode|idea|travis\.yml|circleci)|LICEN[CS]E.*|NOTICE.*|README.*|CHANGELOG.*|CONTRIBUTING.*|.*\.md|(?:docker-)?compose.*\.ya?ml|vendor|docs?|tests?|testdata|bin|dist|node_modules|scripts?|hack|deploy(?:ments?)?|helm|charts?|k8s|\.dockerignore|renovate\.json|.*\.(?:go|proto|sh|mk))$/i;

/**
 * What a Go program needs beside its binary: the files of the project that it might read. Or why it cannot go alone: it
 * starts other programs, is C in part, or writes files.
 */
export function goSource(context: BuildContext): { readonly data: readonly string[] } | { readonly left: string } {
  const files = context.entries(mostFiles).filter(({ kind }) => kind === 'file');
  if (files.length >= mostFiles) return leftBecause('the project has too many files to see what the program reads');
  const modules = context.text('go.mod');
  if (modules === undefined) return leftBecause('there is no go.mod where it is built');
  if (needC.test(modules))
    return leftBecause('one of its modules is C inside, and needs the libraries of the image that built it');
  const sources = files.filter(
    ({ path }) => path.endsWith('.go') && !path.endsWith('_test.go') && !path.startsWith('vendor/'),
  );
  if (sources.length === 0) return leftBecause('no Go source is where it is built');
  for (const { path } of sources) {
    const text = context.text(path) ?? '';
    if (/^\s*import\s+"C"/m.test(text))
      return leftBecause(`${path} is C in part, and needs the libraries of the image that built it`);
    if (/"os\/exec"|\bsyscall\.Exec\(/.test(text))
      return leftBecause(`${path} starts other programs, which the small image has not`);
    if (/\bos\.(?:Create|WriteFile|Mkdir|MkdirAll|OpenFile|Rename)\(|\bioutil\.WriteFile\(/.test(text))
      return leftBecause(`${path} writes files, and where the user of the small image may do so only you know`);
  }
  const onlyGo = (name: string) =>
    files.every(({ path }) => !path.startsWith(`${name}/`) || /\.(?:go|proto|md|s|h)$|\/testdata\//.test(path));
  const data = context
    .top()
    .filter(
      (name) => !context.ignores(name) && !forBuild.test(name) && !(context.kind(name) === 'directory' && onlyGo(name)),
    );
  return { data };
}
