/** A record could not be written; what it is about must not be answered. */
export class EvidenceUnavailable extends Error {
  override readonly name = 'EvidenceUnavailable';
  readonly code = 'EVIDENCE_UNAVAILABLE';
}

/** Why a log cannot be opened: what happened, why, and what to do; names places, never contents. */
export class EvidenceProblem extends Error {
  override readonly name = 'EvidenceProblem';
}
