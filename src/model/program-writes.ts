import { programSources } from './program-sources.ts';
import type { Project } from './project.ts';
import type { Service } from './service.ts';

/** Calls that make, change or remove files, by the ending of the source file. */
const calls: readonly (readonly [files: RegExp, call: RegExp])[] = [
  [
    /\.[cm]?[jt]sx?$/,
    /\b(?:(?:writeFile|appendFile|mkdir|mkdtemp|rename|copyFile|unlink|symlink)(?:Sync)?|createWriteStream|outputFile|diskStorage)\s*\(|\bnew (?:Database|DatabaseSync)\s*\(/,
  ],
  [
    /\.py$/,
    /\bopen\s*\([^()]*(?:\([^()]*\))?[^()]*,\s*(?:mode\s*=\s*)?["'](?:[rwax]b?t?\+|[wax])|\.(?:write_text|write_bytes|mkdir|touch)\s*\(|\bos\.(?:mkdir|makedirs|rename|replace)\s*\(|\bshutil\.(?:copy\w*|move)\s*\(|\bsqlite3\.connect\s*\(|["']sqlite:\/\/\/|\b(?:Rotating|TimedRotating)?FileHandler\s*\(/,
  ],
  [/\.go$/, /\b(?:os|ioutil)\.(?:Create|WriteFile|Mkdir|MkdirAll|OpenFile|Rename)\s*\(/],
  [/\.rb$/, /\bFile\.(?:write|rename)\b|\bFile\.(?:open|new)\s*\([^)]*["'][wa]|\bFileUtils\.\w+|\bDir\.mkdir\b/],
  [
    /\.php$/,
    /\b(?:file_put_contents|mkdir|move_uploaded_file|rename|touch)\s*\(|\bfopen\s*\([^)]*["'][waxc]|["']sqlite:(?!:memory)/,
  ],
  [
    /\.(?:java|kt)$/,
    /\b(?:FileWriter|FileOutputStream)\s*\(|\bFiles\.(?:write\w*|create\w+|newOutputStream|newBufferedWriter|copy|move)\s*\(/,
  ],
  [/\.rs$/, /\bFile::create\b|\bfs::(?:write|create_dir\w*|rename|copy)\b|\bOpenOptions::new\b/],
  [/\.cs$/, /\bFile\.(?:Write|Append|Create|Move|Copy)\w*\s*\(|\bDirectory\.CreateDirectory\s*\(/],
  [/\.exs?$/, /\bFile\.(?:write|mkdir|cp|rename|touch)\w*!?\b/],
];

/** Temporary places, that a read-only service gets as a tmpfs. */
const temporary =
  /["'`](?:\/tmp|\/dev\/shm)(?=["'`/])|\btmpdir\s*\(|\btempfile\.|\bTempDir\s*\(|\btemp_dir\s*\(|\bGetTempPath\b|:memory:/;

/**
 * Where the program's own source writes files, as far as a look at single lines can tell; what goes to a temporary
 * place or to one of the service's mounts does not count. Whoever makes its root read-only must know the place first.
 */
export function programWrite(service: Service, project: Project): string | undefined {
  const mounts = service.mounts.filter(({ readOnly }) => !readOnly).map(({ target }) => target);
  for (const { path, text } of programSources(service, project)) {
    const call = calls.find(([files]) => files.test(path))?.[1];
    if (!call) continue;
    for (const [index, line] of text.split('\n').entries()) {
      if (line.length > 1000 || /^\s*(?:\/\/|#|\*)/.test(line) || !call.test(line) || temporary.test(line)) continue;
      if (mounts.some((target) => ['"', "'", '`'].some((quote) => says(line, quote, target)))) continue;
      return `${path}:${index + 1}`;
    }
  }
  return undefined;
}

function says(line: string, quote: string, path: string): boolean {
  return line.includes(`${quote}${path}/`) || line.includes(`${quote}${path}${quote}`);
}
