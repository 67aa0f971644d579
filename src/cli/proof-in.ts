import fs from 'node:fs';
import path from 'node:path';
import type { Proof } from '../judge/proof/proof.ts';
import { readProof, refuseForeignProof } from '../judge/proof/read-proof.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import type { Verdict } from '../vocabulary/verdict.ts';

/** The drill report that `--with-drills` names. Throws `bad-config`. */
export function proofIn(cwd: string, name: string): { readonly proof: Proof; refuseForeign(verdict: Verdict): void } {
  const proof = readProof(textOf(path.resolve(cwd, name), name), name);
  return { proof, refuseForeign: ({ services }) => refuseForeignProof(proof, services, name) };
}

function textOf(place: string, name: string): string {
  try {
    return fs.readFileSync(place, 'utf8');
  } catch (cause) {
    throw new SeaworthyError('bad-config', `The drill report "${name}" cannot be read`, {
      hint: `Write one: seaworthy drill --output ${name}`,
      cause,
    });
  }
}
