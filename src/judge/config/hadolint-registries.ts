import type { Files } from '../../read/files.ts';
import { joinPath } from '../../read/paths.ts';
import { parseYaml } from '../../read/yaml/parse.ts';
import type { Configuration } from './configuration.ts';

// https://github.com/hadolint/hadolint#configure: the file in the folder where hadolint runs.
const names = ['.hadolint.yaml', '.hadolint.yml'] as const;

/** `trustedRegistries` of a hadolint configuration, so that a team can switch without writing the list again. */
export function hadolintRegistries(files: Files, directory: string): Configuration['registries'] {
  for (const name of names) {
    const outcome = files.read(joinPath(directory, name));
    if (!outcome.ok) continue;
    // What is wrong with that file is hadolint's matter.
    const [root] = parseYaml(outcome.text, name).documents;
    const list = root?.kind === 'map' ? root.entries.get('trustedRegistries')?.value : undefined;
    if (list?.kind !== 'list') return [];
    return list.items.flatMap((item) =>
      item.kind === 'scalar' && typeof item.value === 'string' && item.value.trim() !== ''
        ? [{ value: item.value, span: item.span }]
        : [],
    );
  }
  return [];
}
