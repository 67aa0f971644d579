import type { Evidence, SkippedDrill } from '../../vocabulary/drill.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import type { Proof, ProofResult } from './proof.ts';

/**
 * A drill report that somebody else wrote: `name` is how it is called in a message. Throws `bad-config` for what is none.
 * Fields that are not asked for may be anything.
 */
export function readProof(text: string, name: string): Proof {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw noReport(name, 'it is not JSON', cause);
  }
  return proofFrom(value, name);
}

/** The same of a value, as the library is given it. */
export function proofFrom(value: unknown, name: string): Proof {
  if (!isObject(value)) throw noReport(name, 'it is no object');
  if (value['version'] !== 1)
    throw noReport(name, value['version'] === undefined ? 'it has no version' : 'it is of another version than 1');
  const { project, drills, skipped } = value;
  if (typeof project !== 'string') throw noReport(name, 'it names no project');
  if (!Array.isArray(drills) || !drills.every(isResult)) throw noReport(name, 'its drills are not as they should be');
  if (!Array.isArray(skipped) || !skipped.every(isSkipped))
    throw noReport(name, 'what it skipped is not as it should be');
  return { project, drills, skipped };
}

/** None of its services is here, or it has no result at all: it proves nothing of what is judged. */
export function refuseForeignProof(proof: Proof, services: readonly { readonly name: string }[], name: string): void {
  const here = new Set(services.map((service) => service.name));
  if (proof.drills.some(({ service }) => here.has(service))) return;
  const what =
    proof.drills.length === 0
      ? `The drill report "${name}" holds no result`
      : `The drill report "${name}" is of other services: ${[...new Set(proof.drills.map(({ service }) => service))].slice(0, 5).join(', ')}`;
  throw new SeaworthyError('bad-config', what, {
    hint: 'Drill this project: seaworthy drill --output drill.json',
  });
}

function noReport(name: string, why: string, cause?: unknown): SeaworthyError {
  return new SeaworthyError('bad-config', `"${name}" is no drill report: ${why}`, {
    hint: 'Write one: seaworthy drill --output drill.json',
    cause,
  });
}

function isResult(value: unknown): value is ProofResult {
  return (
    isObject(value) &&
    ['id', 'service', 'summary'].every((field) => typeof value[field] === 'string') &&
    ['held', 'broke', 'inconclusive'].includes(String(value['outcome'])) &&
    Array.isArray(value['evidence']) &&
    value['evidence'].every(isEvidence)
  );
}

function isEvidence(value: unknown): value is Evidence {
  return isObject(value) && typeof value['name'] === 'string' && 'value' in value;
}

function isSkipped(value: unknown): value is SkippedDrill {
  return (
    isObject(value) &&
    ['id', 'service', 'because'].every((field) => typeof value[field] === 'string') &&
    typeof value['applies'] === 'boolean'
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
