/** What a resource's references point to, within its bundle or from before. */
export interface FhirReferences {
  /** The institution's own patient id; null when the patient hasn't come yet. */
  localIdOf(reference: string): string | null;
  /** Six-digit ISTAT code of a location; null when unknown. */
  municipalityOf(reference: string): string | null;
}

/** A resource without an id cannot be recognised when it comes again. */
export function fhirKey({
  resourceType,
  id,
}: {
  resourceType: string;
  id?: string | undefined;
}): string | undefined {
  return id === undefined ? undefined : `fhir:${resourceType}/${id}`;
}

/** FHIR requires an offset wherever there is a time; a bare day is no moment. */
export function readFhirInstant(text: string | undefined): string | null {
  if (
    text === undefined ||
    !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text)
  ) {
    return null;
  }
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** The day as written; undefined stays "not said", anything else is checked by the record. */
export function readFhirDay(text: string | undefined): string | null {
  return text === undefined ? null : text.slice(0, 10);
}
