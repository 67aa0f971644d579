import { canonicalize } from '../../src/model/compose/canonical.ts';
import { finish } from '../../src/model/compose/finish.ts';
import { Loading } from '../../src/model/compose/loading.ts';
import { mergeDocuments } from '../../src/model/compose/merge.ts';
import { takeResets } from '../../src/model/compose/reset.ts';
import { type Json, toPlain } from '../../src/model/compose/tree-access.ts';
import { enforceUnicity } from '../../src/model/compose/unicity.ts';
import { memoryFiles } from '../../src/read/files-memory.ts';
import { parseYaml } from '../../src/read/yaml/parse.ts';
import type { YamlMap } from '../../src/read/yaml/tree.ts';

/** Only merging and unicity, as `compose-go/override` has them: for conformance, and for showing what an override does. */
export function mergeForComparison(texts: readonly string[]): { tree: Json; canonical: Json; refused: string[] } {
  const loading = new Loading(memoryFiles({}), {});
  let merged: YamlMap | undefined;
  for (const [index, text] of texts.entries()) {
    const yaml = parseYaml(text, `${index}.yaml`);
    for (const fault of yaml.faults) loading.add(fault);
    for (const document of yaml.documents) {
      if (document?.kind !== 'map') continue;
      const taken = takeResets(document);
      const next = taken.document.kind === 'map' ? taken.document : document;
      merged = enforceUnicity(merged ? mergeDocuments(taken.resets.apply(merged), next, loading) : next, loading);
    }
  }
  if (!merged) return { tree: null, canonical: null, refused: [] };
  const refused = loading.faults.filter((fault) => fault.refused).map((fault) => fault.message);
  return { tree: toPlain(merged), canonical: toPlain(finish(canonicalize(merged, loading), loading)), refused };
}
