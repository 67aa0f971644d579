import type { Stage } from '../model/dockerfile/dockerfile.ts';
import type { Image } from '../model/image/image.ts';

/** What others call a last USER that is root. */
export const lastIsRoot = [
  'hadolint:DL3002',
  'trivy:DS-0002',
  'kics:last_user_is_root',
  'checkov:CKV_DOCKER_8',
  'semgrep:last-user-is-root',
  'dockle:CIS-DI-0001',
];
/** What others call an image without USER. */
export const noUser = [
  'trivy:DS-0002',
  'kics:missing_user_instruction',
  'checkov:CKV_DOCKER_3',
  'semgrep:missing-user',
  'semgrep:missing-user-entrypoint',
  'dockle:CIS-DI-0001',
];

/** No other tool looks at images that are only pulled; semgrep asks for USER only where something is run. */
export function aliasesWithoutUser(image: Image): readonly string[] {
  if (!image.stage) return [];
  const has = (keyword: string) => stageHas(image.stage, keyword);
  return noUser.filter((alias) => {
    if (alias === 'kics:missing_user_instruction') return !image.isScratch;
    if (alias === 'semgrep:missing-user') return has('CMD');
    return alias !== 'semgrep:missing-user-entrypoint' || has('ENTRYPOINT');
  });
}

/** Some line of the stage, or of those it is made from, is such an instruction. */
export function stageHas(stage: Stage | undefined, keyword: string): boolean {
  for (let at = stage; at; at = at.from.stage)
    if (at.steps.some(({ instruction }) => instruction.keyword === keyword)) return true;
  return false;
}
