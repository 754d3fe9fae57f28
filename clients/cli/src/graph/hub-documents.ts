/** What the hub's own documents are, as texts. */
export interface HubDocuments {
  /** SDL of the composed graph. */
  readonly supergraph: string;
  /** The manifest of documents that run by their hash, JSON. */
  readonly trustedDocuments: string;
  /** Those that are kept as files, with what each says of itself in its first lines. */
  readonly examples: readonly { readonly name: string; readonly text: string }[];
}

/** In the one-file command line they are in the file itself (`scripts/bundle.ts`). */
declare const TAVOLO_HUB_DOCUMENTS: HubDocuments | undefined;

/** The documents of the bundle, or those of the repository. */
export async function hubDocuments(): Promise<HubDocuments> {
  if (typeof TAVOLO_HUB_DOCUMENTS !== 'undefined') return TAVOLO_HUB_DOCUMENTS;
  const { readHubDocuments } = await import('./read-hub-documents.ts');
  return readHubDocuments();
}
