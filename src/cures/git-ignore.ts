import { fixOf, leftBecause } from '../edit/change.ts';
import { newFile } from '../edit/new-file.ts';
import { gitIgnored } from '../model/git-ignored.ts';
import type { Project } from '../model/project.ts';
import { joinPath } from '../read/paths.ts';
import type { Cure, Edit } from '../vocabulary/fix.ts';

/** Edits that keep `file` out of the repository by `pattern` in the `.gitignore` of `directory`; none where it is already. */
export function ignoreInGit(project: Project, directory: string, pattern: string, file: string): Edit[] {
  if (gitIgnored(project.files, file) === 'yes') return [];
  const path = joinPath(directory, '.gitignore');
  const old = project.files.read(path);
  if (!old.ok) return old.reason === 'missing' ? [newFile(path, `${pattern}\n`)] : [];
  const eol = old.text.includes('\r\n') ? '\r\n' : '\n';
  const gap = old.text === '' || old.text.endsWith('\n') ? '' : eol;
  const end = old.text.length;
  return [{ span: { file: path, start: end, end }, text: `${gap}${pattern}${eol}` }];
}

/** A file with a secret is kept out of commits to come; those that have it already are not changed by it. */
export function ignoreSecret(project: Project, file: string): Cure {
  const directory = project.compose?.directory ?? '.';
  const inside = directory === '.' ? file : file.slice(directory.length + 1);
  if (file.startsWith('../') || (directory !== '.' && !file.startsWith(`${directory}/`)))
    return leftBecause('the file lies outside the project');
  const edits = ignoreInGit(project, directory, `/${inside}`, file);
  if (edits.length === 0) return leftBecause('its .gitignore cannot be edited');
  return fixOf(
    {
      title: `Keep ${file} out of git`,
      safety: 'safe',
      note: 'what was committed before stays in the history: then change the secret',
    },
    { edits, sets: [] },
  );
}
