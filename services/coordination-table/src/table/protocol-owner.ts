/**
 * Tells the organisation that answers for a protocol in force today, by its short name in the hub (as
 * `Caller.organisation`); null when no version of it is in force. Who owns which is the table's to decide.
 */
export type ReadProtocolOwner = (code: string) => Promise<string | null>;
