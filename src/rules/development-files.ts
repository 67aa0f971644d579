import type { Service } from '../model/service.ts';
import type { Confidence, Severity } from '../vocabulary/severity.ts';
import type { Span } from '../vocabulary/span.ts';

/** Started only by a profile for development or tests: nobody starts it in production. */
export function isForDevelopment(service: Service): boolean {
  const { profiles } = service;
  return (
    profiles.length > 0 &&
    profiles.every((name) => /^(?:dev|develop|development|test|tests|testing|debug|local|tools?|ci|e2e)$/i.test(name))
  );
}

/**
 * Compose merges an override file by itself, but most people keep it for their own machine and name the files in
 * production: a fault in it weighs less.
 */
export function inOverride(at: Span): { severity: Severity; confidence: Confidence } | undefined {
  return /(?:^|\/)(?:docker-)?compose\.override\.ya?ml$/i.test(at.file)
    ? { severity: 'low', confidence: 'guess' }
    : undefined;
}
